import { Trans } from "@lingui/react/macro";
import type { Job } from "@/shared/signed-in/jobs/job";
import { Progress } from "@/shared/signed-in/jobs/progress";
import { nameOf } from "./import-jobs";

export function FilesProgress({ job }: { job: Job }) {
  const { done, total } = job;
  return (
    <Progress job={job} name={nameOf(job)}>
      <Trans>
        {done} of {total} files
      </Trans>
    </Progress>
  );
}
