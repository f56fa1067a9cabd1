import type { MessageDescriptor } from "@lingui/core";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { When } from "@/shared/ui/when";
import { isOver, type Job } from "./job";
import classes from "./jobs.module.css";
import { StateBadge } from "./state-badge";

interface JobRowProps {
  job: Job;
  /** Its page. */
  to: string;
  name: string;
  running: MessageDescriptor;
  /** What has come of it. */
  counts: ReactNode;
  progress: ReactNode;
}

export function JobRow({ job, to, name, running, counts, progress }: JobRowProps) {
  return (
    <li className={rows.row}>
      <div>
        <h3 className={classes.name}>
          <Link to={to}>{name}</Link>
          <StateBadge state={job.state} running={running} />
        </h3>
        <ul className={rows.facts}>
          <li>
            <When time={job.created_at} />
          </li>
          <li>{counts}</li>
          {job.state === "queued" && (
            <li>
              <Trans>It begins as soon as it is its turn.</Trans>
            </li>
          )}
        </ul>
        {!isOver(job) && progress}
      </div>
    </li>
  );
}
