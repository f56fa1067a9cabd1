import { usageQuery } from "@/shared/signed-in/ai-usage";
import type { JobsApi } from "@/shared/signed-in/jobs/queries";
import { cancelJob } from "./api/cancel-job";
import { listJobs } from "./api/list-jobs";
import { readJob } from "./api/read-job";
import { readReport } from "./api/read-report";

/** Long work with one's documents, done by the AI service. */
export const aiJobs: JobsApi = {
  service: "ai",
  path: "/app/ai/jobs",
  list: listJobs,
  read: readJob,
  report: readReport,
  cancel: cancelJob,
  changes: [["documents", "list"], usageQuery.queryKey],
};
