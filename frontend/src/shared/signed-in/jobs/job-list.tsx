import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import rows from "@/shared/signed-in/rows.module.css";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import type { Job } from "./job";
import classes from "./jobs.module.css";
import { type JobsApi, jobsQuery } from "./queries";

interface JobListProps {
  api: JobsApi;
  title: ReactNode;
  row: (job: Job) => ReactNode;
}

/** One's own jobs, the last first. */
export function JobList({ api, title, row }: JobListProps) {
  const jobs = useInfiniteQuery(jobsQuery(api));
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs" className={classes.earlier}>
        {title}
      </h2>
      {jobs.isPending && <Waiting />}
      {jobs.isError && <ProblemMessage error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 && (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>Nothing yet.</Trans>
        </p>
      )}
      {jobs.data && jobs.data.length > 0 && <ul className={rows.rows}>{jobs.data.map(row)}</ul>}
      {jobs.hasNextPage && (
        <p className={classes.more}>
          <Button busy={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            <Trans>Show older</Trans>
          </Button>
        </p>
      )}
    </section>
  );
}
