import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import classes from "./programs.module.css";
import type { Decision } from "./waiting-program";

export function Decided({ client, decision }: { client: string; decision: Decision }) {
  const { t } = useLingui();
  return (
    <div className={classes.page}>
      <PageHeading title={decision === "approved" ? t`It is in` : t`It was sent away`} />
      <DoneNotice>
        {decision === "approved" ? (
          <Trans>
            “{client}” is signed in as you. Go back to it: within a few seconds it goes on by
            itself.
          </Trans>
        ) : (
          <Trans>
            “{client}” was refused and has got nothing. If you did not start it, somebody may have
            tried to sign in as you.
          </Trans>
        )}
      </DoneNotice>
      <Actions>
        <Link to="/app/account/programs" className={buttons.button}>
          <Trans>See my programs</Trans>
        </Link>
      </Actions>
    </div>
  );
}
