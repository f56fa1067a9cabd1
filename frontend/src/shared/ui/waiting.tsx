import { Trans } from "@lingui/react/macro";
import classes from "./waiting.module.css";

/** Shown while an answer is on its way, and not at all if it comes at once. */
export function Waiting() {
  return (
    <p role="status" className={classes.waiting}>
      <Trans>One moment…</Trans>
    </p>
  );
}
