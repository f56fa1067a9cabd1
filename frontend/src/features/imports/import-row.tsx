import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { When } from "@/shared/ui/when";
import { Counts } from "./counts";
import classes from "./imports.module.css";
import { isOver, type Job } from "./jobs";
import { nameOf } from "./name-of";
import { Progress } from "./progress";
import { StateBadge } from "./state-badge";

export function ImportRow({ job }: { job: Job }) {
  return (
    <li className={rows.row}>
      <div>
        <h3 className={classes.name}>
          <Link to={`/app/documents/import/${job.id}`}>{nameOf(job)}</Link>
          <StateBadge state={job.state} />
        </h3>
        <ul className={rows.facts}>
          <li>
            <When time={job.created_at} />
          </li>
          <li>
            <Counts job={job} />
          </li>
          {job.state === "queued" && (
            <li>
              <Trans>It begins as soon as it is its turn.</Trans>
            </li>
          )}
        </ul>
        {!isOver(job) && <Progress job={job} />}
      </div>
    </li>
  );
}
