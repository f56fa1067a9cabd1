import { Trans, useLingui } from "@lingui/react/macro";
import { useLocation } from "react-router";
import { Problem } from "@/shared/api/problem";
import { signInAgainAddress } from "@/shared/session/sign-in-address";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import classes from "./sign-in-again.module.css";

/** Whether the server wants a sign-in of the last minutes before it does what was asked. */
export const asksToSignInAgain = (error: unknown): boolean =>
  error instanceof Problem && error.slug === "sign-in-again";

interface SignInAgainProps {
  /** Called before the page is left: the moment to keep what was chosen (`useKept`). */
  onLeave: () => void;
}

/** The way to the identity provider, and back to this page. */
export function SignInAgain({ onLeave }: SignInAgainProps) {
  const { t } = useLingui();
  const { pathname, search } = useLocation();
  return (
    <section role="alert" aria-label={t`Sign in again first`} className={classes.notice}>
      <p className={classes.title}>
        <Trans>Sign in again first</Trans>
      </p>
      <p>
        <Trans>
          This is open only to who has signed in within the last ten minutes. You come back to this
          page, and what you chose is still chosen.
        </Trans>
      </p>
      <Actions>
        <a
          href={signInAgainAddress(pathname + search)}
          className={`${buttons.button} ${buttons.primary}`}
          onClick={onLeave}
        >
          <Trans>Sign in again</Trans>
        </a>
      </Actions>
    </section>
  );
}
