import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Job } from "./job";
import classes from "./jobs.module.css";

interface ProgressProps {
  job: Job;
  /** What the job is called. */
  name: string;
  /** The same in words, once it is known how much there is. */
  children: ReactNode;
}

/** How far it is; while nobody knows how much there is, that it is going on. */
export function Progress({ job: { done, total }, name, children }: ProgressProps) {
  const { t } = useLingui();
  return (
    <div className={classes.progress}>
      <progress
        aria-label={t`Progress of ${name}`}
        max={total ?? 1}
        value={total === null ? undefined : done}
      />
      {total !== null && <span>{children}</span>}
    </div>
  );
}
