import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "react-router";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { sessionEnded } from "@/shared/session/session-ended";
import { signInAddress } from "@/shared/session/sign-in-address";
import { useStore } from "@/shared/store";
import buttons from "@/shared/ui/button.module.css";
import { Actions } from "@/shared/ui/actions";
import { Dialog } from "@/shared/ui/dialog";

/** Lies over the page, which stays as it was, until the person has signed in again. */
export function SessionEndedDialog() {
  const { t } = useLingui();
  const { pathname, search } = useLocation();
  const ended = useStore(sessionEnded);
  useNewSession(ended);

  return (
    <Dialog
      open={ended}
      onClose={() => {
        sessionEnded.set(false);
      }}
      title={t`Your session has ended`}
    >
      <p>
        <Trans>
          Sign in again and you come back to this page. What you typed is kept in this browser and
          will still be here.
        </Trans>
      </p>
      <Actions>
        <a
          href={signInAddress(pathname + search)}
          className={`${buttons.button} ${buttons.primary}`}
        >
          <Trans>Sign in again</Trans>
        </a>
      </Actions>
    </Dialog>
  );
}

/** Whoever signs in again in another tab finds this one open when they return to it. */
function useNewSession(ended: boolean): void {
  const { id } = useAccount();
  const queryClient = useQueryClient();

  const look = useEffectEvent(async () => {
    const account = await queryClient.query({ ...accountQuery, staleTime: 0 }).catch(() => null);
    // For another person the signed-in layout starts anew.
    if (account?.id === id) sessionEnded.set(false);
  });

  useEffect(() => {
    if (!ended) return undefined;
    const onFocus = () => void look();
    window.addEventListener("focus", onFocus);
    return () => {
      window.removeEventListener("focus", onFocus);
    };
  }, [ended]);
}
