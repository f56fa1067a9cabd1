import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { documentQuery } from "@/features/documents/api/read-document";
import { fetchListsAnew } from "@/shared/signed-in/documents/use-documents";
import { followTogether } from "@/shared/live/follow-together";
import { isSentOut, type News } from "@/shared/live/news";
import { type Account, accountQuery } from "@/shared/session/account";
import { leaving } from "@/shared/session/leaving";
import { sentOut } from "@/shared/session/sent-out";
import { sessionEnded } from "@/shared/session/session-ended";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { useStore } from "@/shared/store";
import { useDebounced } from "@/shared/use-debounced";
import { noteReached } from "./reached-budgets";

const PAUSE = 250; // milliseconds in which news are collected: an import tells of a thousand documents
const GRACE = 3_000;
const JOBS = ["jobs"];

type Fetch = (queryClient: QueryClient) => void;

/** What is shown here follows what is done in other tabs, on other devices, and by programs. */
export function useLiveUpdates({ id, status }: Account): void {
  const queryClient = useQueryClient();
  // Another answer may tell first that the session has ended; the stream tells why a moment later.
  const quiet = useDebounced(useStore(sessionEnded), GRACE);
  const follows = !quiet && status !== "deleting" && "EventSource" in window;

  const take = useEffectEvent((news: News, later: Later) => {
    if (news.name === "end" && isSentOut(news.data.reason)) {
      // Who signs out here is on their way already.
      if (leaving.get()) return;
      signedInHint.drop();
      sentOut.set(news.data.reason);
      return;
    }
    if (news.name === "budget") noteReached(id, news.data);
    for (const [key, fetch] of effects(queryClient, news)) later.add(key, fetch);
  });

  useEffect(() => {
    if (!follows) return undefined;
    const later = new Later(queryClient);
    const stop = followTogether(id, (news) => {
      take(news, later);
    });
    return () => {
      stop();
      later.stop();
    };
  }, [follows, id, queryClient]);
}

/** Collects what is to be fetched anew, each once. */
class Later {
  private readonly fetches = new Map<string, Fetch>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queryClient: QueryClient) {}

  add(key: string, fetch: Fetch): void {
    this.fetches.set(key, fetch);
    this.timer ??= setTimeout(() => {
      this.run();
    }, PAUSE);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private run(): void {
    this.timer = undefined;
    const due = [...this.fetches.values()];
    this.fetches.clear();
    for (const fetch of due) fetch(this.queryClient);
  }
}

const invalidate =
  (queryKey: readonly unknown[], exact = false): Fetch =>
  (queryClient) =>
    void queryClient.invalidateQueries({ queryKey, exact });

const account: [string, Fetch] = ["account", invalidate(accountQuery.queryKey, true)];
const pages: [string, Fetch] = ["pages", invalidate(["account"])];
const lists: [string, Fetch] = ["lists", fetchListsAnew];
const all: [string, Fetch][] = [
  pages,
  lists,
  ["documents", invalidate(["documents", "one"])],
  ["jobs", invalidate(JOBS)],
  ["usage", invalidate(usageQuery.queryKey)],
];

/** Which answers are old now. */
function effects(queryClient: QueryClient, { name, data }: News): [string, Fetch][] {
  switch (name) {
    case "documents":
      return ofDocument(queryClient, String(data.id), data.version);
    case "job":
      return [["jobs", invalidate(JOBS)]];
    case "session":
      return [
        [`account ${String(data.changed)}`, invalidate(["account", String(data.changed)])],
        ["history", invalidate(["account", "history"])],
      ];
    case "budget":
      return [["usage", invalidate(usageQuery.queryKey)]];
    case "reset":
      return all;
    case "refused":
      return [account];
    case "end":
      // Roles or status are others now: what was refused may be allowed, and what was shown may not.
      return data.reason === "changed" ? [pages, ...all] : [];
  }
}

function ofDocument(queryClient: QueryClient, id: string, version: unknown): [string, Fetch][] {
  const { queryKey } = documentQuery(id);
  const known = queryClient.getQueryData(queryKey);
  // It was saved in this very tab, which has fetched its lists already.
  if (known && known.etag === `"${String(version)}"`) return [];
  return [lists, [`document ${id}`, invalidate(queryKey, true)]];
}
