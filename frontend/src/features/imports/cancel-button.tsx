import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isProblem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { cancelJob } from "./api/cancel-job";
import { type Job, JOBS } from "./jobs";

export function CancelButton({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const cancelling = useMutation({
    mutationFn: async () => {
      await cancelJob(job.id).catch((error: unknown) => {
        // It has ended by itself meanwhile; the page is about to say how.
        if (!isProblem(error, 409)) throw error;
      });
      await queryClient.invalidateQueries({ queryKey: JOBS });
    },
  });
  return (
    <>
      <Button
        busy={cancelling.isPending}
        onClick={() => {
          cancelling.mutate();
        }}
      >
        <Trans>Cancel the import</Trans>
      </Button>
      {cancelling.isError && <ProblemMessage error={cancelling.error} />}
    </>
  );
}
