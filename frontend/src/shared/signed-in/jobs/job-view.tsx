import type { MessageDescriptor } from "@lingui/core";
import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import rows from "@/shared/signed-in/rows.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { When } from "@/shared/ui/when";
import { isOver, type Job } from "./job";
import classes from "./jobs.module.css";
import { type JobsApi, reportKey } from "./queries";
import { StateBadge } from "./state-badge";

interface JobViewProps {
  api: JobsApi;
  job: Job;
  name: string;
  running: MessageDescriptor;
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
  useFollowing(api, job);
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
      </ul>
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

/** The report grows with the job, and at its end there are new documents. */
function useFollowing(api: JobsApi, { id, done, state }: Job) {
  const queryClient = useQueryClient();
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: reportKey(api, id) });
    void queryClient.invalidateQueries({ queryKey: ["documents", "list"] });
  }, [queryClient, api, id, done, state]);
}
