import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { CancelButton } from "@/shared/signed-in/jobs/cancel-button";
import type { Job } from "@/shared/signed-in/jobs/job";
import { JobRow } from "@/shared/signed-in/jobs/job-row";
import { FilesProgress } from "./files-progress";
import { importJobs, nameOf } from "./import-jobs";
import { running } from "./import-words";

export function ImportRow({ job }: { job: Job }) {
  const { t } = useLingui();
  const account = useAccount();
  const name = nameOf(job);
  return (
    <JobRow
      api={importJobs}
      job={job}
      name={name}
      running={running}
      counts={<Plural value={job.counts.succeeded} one="# document" other="# documents" />}
      progress={<FilesProgress job={job} />}
      cancel={
        may(account, "documents:write") && (
          <CancelButton api={importJobs} job={job} label={t`Cancel the import of ${name}`}>
            <Trans>Cancel</Trans>
          </CancelButton>
        )
      }
    />
  );
}
