import { Trans } from "@lingui/react/macro";
import classes from "./skip-link.module.css";

/** The first stop of the Tab key on every page; needs a `<main id="main" tabIndex={-1}>`. */
export function SkipLink() {
  return (
    <a href="#main" className={classes.skip}>
      <Trans>Skip to the content</Trans>
    </a>
  );
}
