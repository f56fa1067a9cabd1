import { useEffect, useReducer, useRef } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "@/shared/session/account";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { isProblem } from "@/shared/api/problem";
import { streamChat } from "./api/stream-chat";
import { changed, toldOf, type Turn } from "./conversation";

/** One conversation, in this tab only: nothing of it is stored. */
export function useConversation() {
  const [turns, change] = useReducer(changed, []);
  const running = useRef<AbortController>(null);
  const queryClient = useQueryClient();
  const writing = turns.at(-1)?.state === "writing";

  useEffect(() => () => running.current?.abort(), []);

  async function run(model: string, told: Turn[]) {
    const aborting = new AbortController();
    running.current = aborting;
    try {
      const pieces = await streamChat(model, toldOf(told), aborting.signal);
      for await (const piece of pieces) change({ kind: "piece", piece });
      change({ kind: "ended", state: "done" });
    } catch (problem) {
      if (aborting.signal.aborted) {
        change({ kind: "ended", state: "stopped" });
        return;
      }
      change({ kind: "failed", problem });
      // The account is asked anew: it tells whether the session has ended.
      if (isProblem(problem, 401))
        await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
    } finally {
      await queryClient.invalidateQueries({ queryKey: usageQuery.queryKey });
    }
  }

  return {
    turns,
    writing,
    ask: (model: string, text: string) => {
      change({ kind: "asked", text, model });
      void run(model, [...turns, { id: turns.length, role: "user", text, state: "done" }]);
    },
    again: (model: string) => {
      change({ kind: "again", model });
      void run(model, turns.slice(0, -1));
    },
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      change({ kind: "cleared" });
    },
  };
}

export type Conversation = ReturnType<typeof useConversation>;
