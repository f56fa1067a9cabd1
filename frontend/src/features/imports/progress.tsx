import { Trans, useLingui } from "@lingui/react/macro";
import classes from "./imports.module.css";
import type { Job } from "./jobs";

/** How far it is; while nobody knows how much there is, that it is going on. */
export function Progress({ job: { done, total } }: { job: Job }) {
  const { t } = useLingui();
  return (
    <div className={classes.progress}>
      <progress
        aria-label={t`Progress`}
        max={total ?? 1}
        value={total === null ? undefined : done}
      />
      {total !== null && (
        <span>
          <Trans>
            {done} of {total} files
          </Trans>
        </span>
      )}
    </div>
  );
}
