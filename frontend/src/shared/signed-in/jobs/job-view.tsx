import type { MessageDescriptor } from "@lingui/core";
import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import rows from "@/shared/signed-in/rows.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { When } from "@/shared/ui/when";
import { followed } from "./followed";
import { isOver, type Job } from "./job";
import classes from "./jobs.module.css";
import { type JobsApi, reportKey } from "./queries";
import { StateBadge, StateWords } from "./state-badge";

interface JobViewProps {
  api: JobsApi;
  job: Job;
  name: string;
  running: MessageDescriptor;
  /** More list items about it. */
  facts?: ReactNode;
  progress: ReactNode;
  /** Nothing, where the person may not cancel it. */
  cancel: ReactNode;
  /** What has come of it, once it is over. */
  ended: ReactNode;
  /** The report. */
  children: ReactNode;
}

/** A job while it goes on, and at its end. */
export function JobView({ api, job, name, ...parts }: JobViewProps) {
  useFollowing(api, job, name);
  return (
    <article>
      <PageHeading title={name} className={classes.title}>
        {name} <StateBadge state={job.state} running={parts.running} />
      </PageHeading>
      <ul className={rows.facts}>
        <li>
          <Trans>
            Begun <When time={job.created_at} precise />
          </Trans>
        </li>
        {job.ended_at && (
          <li>
            <Trans>
              Ended <When time={job.ended_at} precise />
            </Trans>
          </li>
        )}
        {parts.facts}
      </ul>
      {/* The end is told by what comes of it. */}
      <p role="status" className="visually-hidden">
        {!isOver(job) && <StateWords state={job.state} running={parts.running} />}
      </p>
      {isOver(job) ? (
        parts.ended
      ) : (
        <div className={classes.running}>
          {parts.progress}
          {parts.cancel}
          <p>
            <Trans>It goes on by itself, also if you close this page.</Trans>
          </p>
        </div>
      )}
      {parts.children}
    </article>
  );
}

/** The report grows with the job, and so does what it makes. Whoever leaves the page is told of the end elsewhere. */
function useFollowing(api: JobsApi, job: Job, name: string) {
  const queryClient = useQueryClient();
  const { id, done, state } = job;
  const over = isOver(job);
  useEffect(() => {
    for (const queryKey of [reportKey(api, id), ...api.changes])
      void queryClient.invalidateQueries({ queryKey });
  }, [queryClient, api, id, done, state]);
  useEffect(() => {
    if (over) followed.remove(id);
    else followed.add({ api, id, name });
  }, [api, id, name, over]);
}
