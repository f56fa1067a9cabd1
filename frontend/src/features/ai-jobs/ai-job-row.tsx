import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { aiJobs } from "@/shared/signed-in/ai-jobs/ai-jobs";
import { CancelButton } from "@/shared/signed-in/jobs/cancel-button";
import type { Job } from "@/shared/signed-in/jobs/job";
import { JobRow } from "@/shared/signed-in/jobs/job-row";
import { DocumentsProgress } from "./documents-progress";
import { isOfOne, wordsOf } from "./kinds";
import { useJobName } from "./use-job-name";

export function AiJobRow({ job }: { job: Job }) {
  const { t } = useLingui();
  const name = useJobName()(job);
  return (
    <JobRow
      api={aiJobs}
      job={job}
      name={name}
      running={wordsOf(job).running}
      counts={
        !isOfOne(job.kind) && (
          <Plural value={job.counts.succeeded} one="# document" other="# documents" />
        )
      }
      progress={<DocumentsProgress job={job} />}
      cancel={
        <CancelButton api={aiJobs} job={job} label={t`Cancel: ${name}`}>
          <Trans>Cancel</Trans>
        </CancelButton>
      }
    />
  );
}
