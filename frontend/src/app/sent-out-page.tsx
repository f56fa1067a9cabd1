import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "react-router";
import type { SentOut } from "@/shared/live/news";
import { accountQuery } from "@/shared/session/account";
import { sentOut } from "@/shared/session/sent-out";
import { sessionEnded } from "@/shared/session/session-ended";
import { signInAddress } from "@/shared/session/sign-in-address";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { PublicLayout } from "@/shared/ui/public-layout";
import classes from "./app-shell.module.css";

/** Takes the place of whatever was open when this browser was sent out; nothing of it stays on screen or in memory. */
export function SentOutPage({ reason }: { reason: SentOut }) {
  const { t } = useLingui();
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const words = useWords()[reason];
  useForgetting();

  return (
    <PublicLayout next={here}>
      <div className={classes.narrow}>
        <PageHeading title={t`You are signed out`} />
        <p role="status">{words}</p>
        <a href={signInAddress(here)} className={`${buttons.button} ${buttons.primary}`}>
          <Trans>Sign in again</Trans>
        </a>
      </div>
    </PublicLayout>
  );
}

function useWords(): Record<SentOut, string> {
  const { t } = useLingui();
  return {
    "signed-out": t`You signed out in this browser.`,
    elsewhere: t`You signed this browser out from another device. If that was not you, sign in and look at your history.`,
    everywhere: t`You signed out everywhere. If that was not you, sign in and look at your history.`,
    suspended: t`An administrator has suspended your account. Ask them why.`,
    deleted: t`Your account has been deleted.`,
    expired: t`Your session was over: it had not been used for too long, or it was as old as one may be. What you typed is kept in this browser.`,
  };
}

function useForgetting(): void {
  const queryClient = useQueryClient();

  const look = useEffectEvent(async () => {
    const account = await queryClient.query({ ...accountQuery, staleTime: 0 }).catch(() => null);
    if (account) sentOut.set(null);
  });

  useEffect(() => {
    sessionEnded.set(false);
    queryClient.clear();
  }, [queryClient]);

  // Whoever signs in again in another tab finds this one open when they return to it.
  useEffect(() => {
    const onFocus = () => void look();
    window.addEventListener("focus", onFocus);
    return () => {
      window.removeEventListener("focus", onFocus);
    };
  }, []);
}
