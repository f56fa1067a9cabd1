import { useQueryClient } from "@tanstack/react-query";
import { isProblem } from "@/shared/api/problem";
import { accountQuery } from "@/shared/session/account";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { useTabState } from "@/shared/signed-in/use-tab-state";
import { streamAnswer } from "./api/stream-answer";
import { type Asked, asking, withTold } from "./asked";

const nothing: { asked: Asked | null; running: AbortController | null } = {
  asked: null,
  running: null,
};

/** The last question, in this tab's memory only: who follows a source finds the answer again on the way back. */
export function useAsking() {
  const [{ asked, running }, update] = useTabState("asked", nothing);
  const queryClient = useQueryClient();

  async function ask(question: string, model: string) {
    running?.abort();
    const aborting = new AbortController();
    update(() => ({ asked: asking(question), running: aborting }));
    const change = (change: (asked: Asked) => Asked) => {
      if (aborting.signal.aborted) return;
      update((now) => ({ ...now, asked: now.asked && change(now.asked) }));
    };
    try {
      for await (const told of streamAnswer(question, model, aborting.signal))
        change((asked) => withTold(asked, told));
      change((asked) => ({ ...asked, state: "done" }));
    } catch (problem) {
      change((asked) => ({ ...asked, state: "failed", problem }));
      if (isProblem(problem, 401))
        await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
    } finally {
      await queryClient.invalidateQueries({ queryKey: usageQuery.queryKey });
    }
  }

  return {
    asked,
    ask,
    stop: () => {
      running?.abort();
      update(({ asked }) => ({ asked: asked && { ...asked, state: "stopped" }, running: null }));
    },
  };
}
