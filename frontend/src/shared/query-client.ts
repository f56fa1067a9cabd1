import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isProblem, Problem } from "@/shared/api/problem";
import { accountQuery } from "@/shared/session/account";
import { sessionEnded } from "@/shared/session/session-ended";
import { signedInHint } from "@/shared/session/signed-in-hint";

/** What may be over in a moment is tried again; a refusal is not, nor is what has cost the person time already. */
const isPassing = (error: unknown) =>
  error instanceof Problem && [0, 502, 503].includes(error.status);

export function createQueryClient(): QueryClient {
  function noticeEndedSession(error: unknown) {
    if (!isProblem(error, 401)) return;
    signedInHint.drop();
    // Without a known account the person was not signed in: that is no end of a session. That of one who asked
    // to be deleted ends as it should.
    const account = client.getQueryData(accountQuery.queryKey);
    if (account && account.status !== "deleting") sessionEnded.set(true);
  }

  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEndedSession }),
    mutationCache: new MutationCache({ onError: noticeEndedSession }),
    defaultOptions: {
      // "always": offline is told as a problem instead of waiting without end.
      queries: {
        networkMode: "always",
        retry: (count, error) => count < 2 && isPassing(error),
        staleTime: 10_000,
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}
