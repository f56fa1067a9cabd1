import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isProblem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { followed } from "./followed";
import type { Job } from "./job";
import { type JobsApi, jobsKey } from "./queries";

interface CancelButtonProps {
  api: JobsApi;
  job: Job;
  /** In a list, where it has to be told apart from the others'. */
  label?: string;
  children: ReactNode;
}

export function CancelButton({ api, job, label, children }: CancelButtonProps) {
  const queryClient = useQueryClient();
  const cancelling = useMutation({
    mutationFn: async () => {
      await api.cancel(job.id).catch((error: unknown) => {
        // It has ended by itself meanwhile; the page is about to say how.
        if (!isProblem(error, 409)) throw error;
      });
      followed.remove(job.id);
      await queryClient.invalidateQueries({ queryKey: jobsKey(api) });
    },
  });
  return (
    <>
      <Button
        small={label !== undefined}
        aria-label={label}
        busy={cancelling.isPending}
        onClick={() => {
          cancelling.mutate();
        }}
      >
        {children}
      </Button>
      {cancelling.isError && <ProblemMessage error={cancelling.error} />}
    </>
  );
}
