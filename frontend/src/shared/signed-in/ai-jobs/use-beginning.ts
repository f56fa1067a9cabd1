import { useMutation } from "@tanstack/react-query";
import { useOpenJob } from "@/shared/signed-in/jobs/use-open-job";
import { aiJobs } from "./ai-jobs";
import { beginJob } from "./api/begin-job";

/** Begins a job and leads to its page. */
export function useBeginning() {
  const open = useOpenJob(aiJobs);
  return useMutation({ mutationFn: beginJob, onSuccess: open });
}
