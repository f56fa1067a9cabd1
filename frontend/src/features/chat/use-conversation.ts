import { useQueryClient } from "@tanstack/react-query";
import { modelStream } from "@/shared/api/model-stream";
import { isProblem } from "@/shared/api/problem";
import { accountQuery } from "@/shared/session/account";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { useTabState } from "@/shared/signed-in/use-tab-state";
import { type Change, changed, nothingSaid, toldOf } from "./conversation";

const CHAT = "/api/ai/v1/chat/completions";
const nothingRuns: { current: AbortController | null } = { current: null };

/** One conversation, in this tab's memory only. It goes on while the person looks at another page. */
export function useConversation() {
  const [talk, update, now] = useTabState("conversation", nothingSaid);
  const [running, setRunning] = useTabState("conversation running", nothingRuns);
  const queryClient = useQueryClient();
  const writing = talk.turns.at(-1)?.state === "writing";

  async function run(model: string, change: Change) {
    update((talk) => changed(talk, change));
    const aborting = new AbortController();
    setRunning(() => ({ current: aborting }));
    // Of another conversation, begun meanwhile, nothing is said here any more.
    const tell = (change: Change) => {
      if (!aborting.signal.aborted) update((talk) => changed(talk, change));
    };
    const body = {
      model,
      messages: toldOf(now()),
      stream: true,
      stream_options: { include_usage: true },
    };
    try {
      for await (const piece of modelStream(CHAT, body, aborting.signal))
        tell({ kind: "piece", piece });
      tell({ kind: "ended", state: "done" });
    } catch (problem) {
      tell({ kind: "failed", problem });
      // The account is asked anew: it tells whether the session has ended.
      if (isProblem(problem, 401))
        await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
    } finally {
      await queryClient.invalidateQueries({ queryKey: usageQuery.queryKey });
    }
  }

  const stop = () => {
    running.current?.abort();
    update((talk) => changed(talk, { kind: "ended", state: "stopped" }));
  };

  return {
    talk,
    writing,
    stop,
    ask: (model: string, text: string) => void run(model, { kind: "asked", text, model }),
    askInstead: (model: string, text: string) =>
      void run(model, { kind: "asked instead", text, model }),
    again: (model: string) => void run(model, { kind: "again", model }),
    /** Asks once more without the older half of what has been said. */
    forget: (model: string) => {
      update((talk) => changed(talk, { kind: "forgotten" }));
      void run(model, { kind: "again", model });
    },
    clear: () => {
      stop();
      update((talk) => changed(talk, { kind: "cleared" }));
    },
  };
}
