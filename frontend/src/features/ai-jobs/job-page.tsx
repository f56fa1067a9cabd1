import { Trans } from "@lingui/react/macro";
import { Link, useParams } from "react-router";
import { aiJobs } from "@/shared/signed-in/ai-jobs/ai-jobs";
import { CancelButton } from "@/shared/signed-in/jobs/cancel-button";
import type { Job } from "@/shared/signed-in/jobs/job";
import { JobLoader } from "@/shared/signed-in/jobs/job-loader";
import { JobView } from "@/shared/signed-in/jobs/job-view";
import jobs from "@/shared/signed-in/jobs/jobs.module.css";
import { Report } from "@/shared/signed-in/jobs/report";
import { DocumentsProgress } from "./documents-progress";
import { Ended } from "./ended";
import { JobFacts } from "./job-facts";
import { wordsOf } from "./kinds";
import { aboutDocuments } from "./report-words";
import { useJobName } from "./use-job-name";

export function JobPage() {
  const { id = "" } = useParams();
  return (
    <>
      <p className={jobs.back}>
        <Link to={aiJobs.path}>
          <Trans>All jobs</Trans>
        </Link>
      </p>
      <JobLoader api={aiJobs} id={id}>
        {(job) => <AiJob key={id} job={job} />}
      </JobLoader>
    </>
  );
}

function AiJob({ job }: { job: Job }) {
  const { running, succeeded } = wordsOf(job);
  return (
    <JobView
      api={aiJobs}
      job={job}
      name={useJobName()(job)}
      running={running}
      facts={<JobFacts job={job} />}
      progress={<DocumentsProgress job={job} />}
      cancel={
        <CancelButton api={aiJobs} job={job}>
          <Trans>Cancel this job</Trans>
        </CancelButton>
      }
      ended={<Ended job={job} />}
    >
      <Report
        api={aiJobs}
        job={job}
        title={<Trans>Document by document</Trans>}
        succeeded={succeeded}
        words={aboutDocuments}
      />
    </JobView>
  );
}
