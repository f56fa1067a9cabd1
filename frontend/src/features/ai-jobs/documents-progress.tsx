import { Plural, Trans } from "@lingui/react/macro";
import type { Job } from "@/shared/signed-in/jobs/job";
import { Progress } from "@/shared/signed-in/jobs/progress";
import { isOfOne } from "./kinds";
import { useJobName } from "./use-job-name";

/** A document is read piece by piece; where it is about all of them, documents are counted. */
export function DocumentsProgress({ job }: { job: Job }) {
  const name = useJobName()(job);
  const { done, total } = job;
  return (
    <Progress job={job} name={name}>
      {isOfOne(job.kind) ? (
        <Trans>
          {done} of {total} parts
        </Trans>
      ) : (
        <Trans>
          {done} of <Plural value={total ?? 0} one="# document" other="# documents" />
        </Trans>
      )}
    </Progress>
  );
}
