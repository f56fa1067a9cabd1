import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { Job } from "./job";
import { jobQuery, type JobsApi, jobsKey } from "./queries";

/** Leads to the page of a job that has just begun, which shows it at once. */
export function useOpenJob(api: JobsApi): (job: Job) => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (job) => {
    queryClient.setQueryData(jobQuery(api, job.id).queryKey, job);
    void queryClient.invalidateQueries({ queryKey: jobsKey(api) });
    void navigate(`${api.path}/${job.id}`);
  };
}
