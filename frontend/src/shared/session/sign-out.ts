import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";
import { isProblem } from "@/shared/api/problem";
import { beforeSignOut } from "./before-sign-out";
import { drafts } from "./drafts";
import { goHome } from "./go-home";
import { leaving } from "./leaving";
import { signedInHint } from "./signed-in-hint";

const CHANNEL = "zaguan-session";
const SIGNED_OUT = "signed-out";

/** Drops what this tab knows of the person and leaves for the landing page. */
function forgetEverything(queryClient: QueryClient): void {
  leaving.set(true);
  signedInHint.drop();
  queryClient.clear();
  goHome();
}

function tellOtherTabs(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(SIGNED_OUT);
  channel.close();
}

/** Ends the session on the server, then forgets the person in every tab of this browser. */
export const signOut = (queryClient: QueryClient, userId: string): Promise<void> =>
  leave(queryClient, userId, () => answer(backend.POST("/auth/logout")));

/** The same, however the session is ended. */
export async function leave(
  queryClient: QueryClient,
  userId: string,
  end: () => Promise<unknown>,
): Promise<void> {
  await Promise.all([...beforeSignOut].map((finish) => finish()));
  await end().catch((error: unknown) => {
    // A session that has ended already is what was asked for.
    if (!isProblem(error, 401)) throw error;
  });
  drafts.dropAll(userId);
  tellOtherTabs();
  forgetEverything(queryClient);
}

/** Follows a sign-out that happened in another tab, and one that the Back button would undo on screen. */
export function useSignedOutElsewhere(queryClient: QueryClient): void {
  const follow = useEffectEvent(() => {
    // The tab that signs out hears of it, too: leaving twice would break off the first way home.
    if (!leaving.get()) forgetEverything(queryClient);
  });
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => {
      follow();
    };
    window.addEventListener("pageshow", reloadRestoredPage);
    return () => {
      channel.close();
      window.removeEventListener("pageshow", reloadRestoredPage);
    };
  }, []);
}

/** A page that the browser froze at sign-out must not show its old content when thawed. */
function reloadRestoredPage(event: PageTransitionEvent): void {
  if (event.persisted && leaving.get()) window.location.reload();
}
