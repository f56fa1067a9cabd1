import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import classes from "./ai.module.css";

export function BackToUse() {
  return (
    <p className={classes.back}>
      <Link to="/app/admin/ai">
        <Trans>Use of the AI</Trans>
      </Link>
    </p>
  );
}
