import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link, useLocation } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { signInAgainAddress } from "@/shared/session/sign-in-address";
import { useAccount } from "@/shared/session/account-context";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";

const over = {
  title: msg`This invitation is over`,
  advice: msg`It was used, withdrawn, or is too old. If it was you who used it, you are in already; else ask for a new one.`,
};

const notYours = {
  title: msg`This invitation is for another address`,
  advice: msg`Sign in with the address that was invited, or ask for an invitation to this one.`,
};

const notConfirmed = {
  title: msg`Your address is not confirmed`,
  advice: msg`An invitation opens only for an address that your sign-in provider has confirmed. Confirm it there, sign in again, and you come back here.`,
};

interface InvitationRefusedProps {
  error: Error;
  retry: () => void;
}

export function InvitationRefused({ error, retry }: InvitationRefusedProps) {
  const { status, email_verified: verified } = useAccount();
  const { pathname } = useLocation();
  const words: ProblemWords = { 403: verified ? notYours : notConfirmed, 404: over };
  const final = isProblem(error, 403) || isProblem(error, 404);

  return (
    <>
      <ProblemMessage error={error} words={words} {...(final ? {} : { retry })} />
      <Actions>
        {isProblem(error, 403) && (
          <a href={signInAgainAddress(pathname)} className={`${buttons.button} ${buttons.primary}`}>
            <Trans>Sign in with another account</Trans>
          </a>
        )}
        {final && status === "active" && (
          <Link to="/app/documents" className={buttons.button}>
            <Trans>Open my documents</Trans>
          </Link>
        )}
      </Actions>
    </>
  );
}
