import type { Job } from "@/shared/signed-in/jobs/job";
import type { JobsApi } from "@/shared/signed-in/jobs/queries";
import { cancelJob } from "./api/cancel-job";
import { listJobs } from "./api/list-jobs";
import { readJob } from "./api/read-job";
import { readReport } from "./api/read-report";

/** The jobs of the documents service: it has no other ones. */
export const importJobs: JobsApi = {
  service: "documents",
  path: "/app/documents/import",
  list: listJobs,
  read: readJob,
  report: readReport,
  cancel: cancelJob,
  changes: [["documents", "list"]],
};

/** What the archive is called. */
export const nameOf = ({ params }: Job): string =>
  typeof params.file === "string" ? params.file : "archive.zip";
