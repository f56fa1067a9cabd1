import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";
import classes from "./own-data.module.css";

export function AccountGone() {
  const { t } = useLingui();
  useEffect(() => {
    signedInHint.drop();
  }, []);
  return (
    <div className={classes.page}>
      <Logo size={72} />
      <PageHeading title={t`Your account is deleted`} />
      <p role="status">
        <Trans>Nothing of yours is left here. Thank you for having been in this house.</Trans>
      </p>
      <Actions>
        <a href="/" className={buttons.button}>
          <Trans>Go to the entrance</Trans>
        </a>
      </Actions>
    </div>
  );
}
