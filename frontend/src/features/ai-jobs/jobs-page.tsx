import { Trans, useLingui } from "@lingui/react/macro";
import { aiJobs } from "@/shared/signed-in/ai-jobs/ai-jobs";
import { JobList } from "@/shared/signed-in/jobs/job-list";
import { PageHeading } from "@/shared/ui/page-heading";
import { AiJobRow } from "./ai-job-row";
import { BeginForm } from "./begin-form";

export function JobsPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`Jobs`} />
      <p>
        <Trans>
          Work with your documents that takes its time. It goes on by itself, also if you close this
          page, and what it makes is among your documents.
        </Trans>
      </p>
      <BeginForm />
      <JobList
        api={aiJobs}
        title={<Trans>Your jobs of the last seven days</Trans>}
        row={(job) => <AiJobRow key={job.id} job={job} />}
      />
    </>
  );
}
