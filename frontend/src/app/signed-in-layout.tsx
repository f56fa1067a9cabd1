import "@mantine/core/styles.layer.css";
import { MantineProvider } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { type Account, accountQuery } from "@/shared/session/account";
import { AccountContext } from "@/shared/session/account-context";
import { sentOut } from "@/shared/session/sent-out";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { startAnew } from "@/shared/session/start-anew";
import { useStore } from "@/shared/store";
import { useColorScheme } from "@/shared/theme/color-scheme";
import { theme, tokens } from "@/shared/theme/mantine-theme";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { PublicLayout } from "@/shared/ui/public-layout";
import { Waiting } from "@/shared/ui/waiting";
import { WaitingForApprovalPage } from "@/features/account/waiting-for-approval-page";
import { DeletionPage } from "@/features/own-data/deletion-page";
import { AppShell } from "./app-shell";
import { SentOutPage } from "./sent-out-page";
import { SessionEndedDialog } from "./session-ended-dialog";
import { SignInFirstPage } from "./sign-in-first-page";
import { useLiveUpdates } from "./use-live-updates";

/** Asks the server who this is before any page of the app is shown. */
export function SignedInLayout() {
  const { shown } = useColorScheme();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokens} forceColorScheme={shown}>
      <Door />
    </MantineProvider>
  );
}

function Door() {
  const reason = useStore(sentOut);
  return reason ? <SentOutPage reason={reason} /> : <OpenDoor />;
}

function OpenDoor() {
  const account = useQuery(accountQuery);
  // An account that is known stays on screen when a later check fails: nothing typed may vanish.
  if (account.data) return <House account={account.data} />;
  if (isProblem(account.error, 401)) return <SignInFirstPage />;
  return (
    <PublicLayout>
      {account.isError ? (
        <ProblemMessage error={account.error} retry={() => void account.refetch()} />
      ) : (
        <Waiting />
      )}
    </PublicLayout>
  );
}

/** Once somebody else has signed in in this browser, nothing on screen or in memory may become theirs. */
function House({ account }: { account: Account }) {
  const [person] = useState(account.id);
  const another = account.id !== person;
  useEffect(() => {
    if (another) startAnew();
  }, [another]);
  return another ? null : <Rooms account={account} />;
}

/** One's own account, and the invitation that ends the waiting. */
const OPEN_TO_WHO_WAITS = /^\/app\/(account|invitations)(\/|$)/;

function roomFor({ status }: Account, pathname: string) {
  if (status === "deleting") return <DeletionPage />;
  if (status === "pending" && !OPEN_TO_WHO_WAITS.test(pathname)) return <WaitingForApprovalPage />;
  return <Outlet />;
}

function Rooms({ account }: { account: Account }) {
  const { pathname } = useLocation();
  useLiveUpdates(account);

  useEffect(() => {
    signedInHint.keep();
  }, [account.id]);

  return (
    <AccountContext value={account}>
      <AppShell>{roomFor(account, pathname)}</AppShell>
      <SessionEndedDialog />
    </AccountContext>
  );
}
