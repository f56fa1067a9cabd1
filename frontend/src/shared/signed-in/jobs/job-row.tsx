import type { MessageDescriptor } from "@lingui/core";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { When } from "@/shared/ui/when";
import { isOver, type Job } from "./job";
import classes from "./jobs.module.css";
import type { JobsApi } from "./queries";
import { StateBadge } from "./state-badge";

interface JobRowProps {
  api: JobsApi;
  job: Job;
  name: string;
  running: MessageDescriptor;
  /** What has come of it. */
  counts: ReactNode;
  progress: ReactNode;
  /** Nothing, where the person may not cancel it. */
  cancel: ReactNode;
}

export function JobRow({ api, job, name, running, counts, progress, cancel }: JobRowProps) {
  return (
    <li className={rows.row}>
      <div>
        {/* Whoever does not see the list hears of a new state, and of which job it is. */}
        <h3 aria-live="polite" aria-atomic="true" className={classes.name}>
          <Link to={`${api.path}/${job.id}`}>{name}</Link>
          <StateBadge state={job.state} running={running} />
        </h3>
        <ul className={rows.facts}>
          <li>
            <When time={job.created_at} />
          </li>
          {counts && <li>{counts}</li>}
          {job.state === "queued" && (
            <li>
              <Trans>It begins as soon as it is its turn.</Trans>
            </li>
          )}
        </ul>
        {!isOver(job) && progress}
      </div>
      {!isOver(job) && cancel && <div>{cancel}</div>}
    </li>
  );
}
