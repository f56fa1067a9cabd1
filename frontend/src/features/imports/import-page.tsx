import { Trans } from "@lingui/react/macro";
import { Link, useParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { CancelButton } from "@/shared/signed-in/jobs/cancel-button";
import type { Job } from "@/shared/signed-in/jobs/job";
import { JobLoader } from "@/shared/signed-in/jobs/job-loader";
import { JobView } from "@/shared/signed-in/jobs/job-view";
import jobs from "@/shared/signed-in/jobs/jobs.module.css";
import { Report } from "@/shared/signed-in/jobs/report";
import { Ended } from "./ended";
import { FilesProgress } from "./files-progress";
import { importJobs, nameOf } from "./import-jobs";
import { aboutFiles, running, succeeded } from "./import-words";

export function ImportPage() {
  const { id = "" } = useParams();
  return (
    <>
      <p className={jobs.back}>
        <Link to="/app/documents/import">
          <Trans>All imports</Trans>
        </Link>
      </p>
      <JobLoader api={importJobs} id={id}>
        {(job) => <Import key={id} job={job} />}
      </JobLoader>
    </>
  );
}

function Import({ job }: { job: Job }) {
  const account = useAccount();
  return (
    <JobView
      api={importJobs}
      job={job}
      name={nameOf(job)}
      running={running}
      progress={<FilesProgress job={job} />}
      cancel={
        may(account, "documents:write") && (
          <CancelButton api={importJobs} job={job}>
            <Trans>Cancel the import</Trans>
          </CancelButton>
        )
      }
      ended={<Ended job={job} />}
    >
      <Report
        api={importJobs}
        job={job}
        title={<Trans>File by file</Trans>}
        succeeded={succeeded}
        words={aboutFiles}
      />
    </JobView>
  );
}
