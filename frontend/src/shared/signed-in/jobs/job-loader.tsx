import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import type { Job } from "./job";
import { jobQuery, type JobsApi } from "./queries";

interface JobLoaderProps {
  api: JobsApi;
  id: string;
  children: (job: Job) => ReactNode;
}

/** Fetches a job, again and again until it is over. */
export function JobLoader({ api, id, children }: JobLoaderProps) {
  const job = useQuery(jobQuery(api, id));
  return (
    <>
      {job.isPending && <Waiting />}
      {job.isError && <ProblemMessage error={job.error} retry={() => void job.refetch()} />}
      {job.data && children(job.data)}
    </>
  );
}
