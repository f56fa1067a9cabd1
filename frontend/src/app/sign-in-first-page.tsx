import { Trans, useLingui } from "@lingui/react/macro";
import { useLocation } from "react-router";
import { signInAddress } from "@/shared/session/sign-in-address";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { PublicLayout } from "@/shared/ui/public-layout";
import classes from "./app-shell.module.css";

export function SignInFirstPage() {
  const { t } = useLingui();
  const { pathname, search } = useLocation();
  const here = pathname + search;
  return (
    <PublicLayout next={here}>
      <div className={classes.narrow}>
        <PageHeading title={t`Who is at the door?`} />
        <p>
          <Trans>
            This room opens to people who have signed in. You come back here afterwards.
          </Trans>
        </p>
        <a href={signInAddress(here)} className={`${buttons.button} ${buttons.primary}`}>
          <Trans>Sign in to go on</Trans>
        </a>
      </div>
    </PublicLayout>
  );
}
