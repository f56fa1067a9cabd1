import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { aiJobs } from "@/shared/signed-in/ai-jobs/ai-jobs";
import type { Job } from "@/shared/signed-in/jobs/job";
import { reportQuery } from "@/shared/signed-in/jobs/queries";

/** The way to the document that a job has made. */
export function MadeDocument({ job }: { job: Job }) {
  const report = useInfiniteQuery(reportQuery(aiJobs, job.id, undefined));
  const made = report.data?.find(({ result }) => result !== null)?.result;
  return (
    <>
      {job.kind === "summarise" ? (
        <Trans>The summary is a new document of yours.</Trans>
      ) : (
        <Trans>The translation is a new document of yours.</Trans>
      )}{" "}
      {made && (
        <Link to={`/app/documents/${made}`}>
          <Trans>Open it</Trans>
        </Link>
      )}
    </>
  );
}
