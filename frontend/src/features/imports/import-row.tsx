import { Plural } from "@lingui/react/macro";
import type { Job } from "@/shared/signed-in/jobs/job";
import { JobRow } from "@/shared/signed-in/jobs/job-row";
import { FilesProgress } from "./files-progress";
import { nameOf } from "./import-jobs";
import { running } from "./import-words";

export function ImportRow({ job }: { job: Job }) {
  return (
    <JobRow
      job={job}
      to={`/app/documents/import/${job.id}`}
      name={nameOf(job)}
      running={running}
      counts={<Plural value={job.counts.succeeded} one="# document" other="# documents" />}
      progress={<FilesProgress job={job} />}
    />
  );
}
