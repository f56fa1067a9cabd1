import type { Message, Piece, Usage } from "./api/stream-chat";

export interface Turn {
  id: number;
  role: Message["role"];
  text: string;
  /** Of an answer: whether it is still being written, and how it ended. */
  state: "writing" | "done" | "stopped" | "cut" | "failed";
  model?: string;
  usage?: Usage;
  problem?: unknown;
}

export type Change =
  | { kind: "asked"; text: string; model: string }
  | { kind: "again"; model: string }
  | { kind: "piece"; piece: Piece }
  | { kind: "ended"; state: "done" | "stopped" }
  | { kind: "failed"; problem: unknown }
  | { kind: "cleared" };

/** The conversation after a change. The last turn is the answer that is being written, if one is. */
export function changed(turns: Turn[], change: Change): Turn[] {
  switch (change.kind) {
    case "asked":
      return [
        ...turns,
        { id: turns.length, role: "user", text: change.text, state: "done" },
        written(turns.length + 1, change.model),
      ];
    case "again":
      return [...turns.slice(0, -1), written(turns.length - 1, change.model)];
    case "piece":
      return withLast(turns, (turn) => ({
        ...turn,
        text: turn.text + (change.piece.text ?? ""),
        ...(change.piece.usage && { usage: change.piece.usage }),
        ...(change.piece.ended === "length" && { state: "cut" as const }),
      }));
    case "ended":
      return withLast(turns, (turn) =>
        turn.state === "writing" ? { ...turn, state: change.state } : turn,
      );
    case "failed":
      return withLast(turns, (turn) => ({ ...turn, state: "failed", problem: change.problem }));
    case "cleared":
      return [];
  }
}

/** What a model is told of it: answers without a word, and the one that is awaited, are left out. */
export const toldOf = (turns: Turn[]): Message[] =>
  turns
    .filter(({ role, text }) => role === "user" || text !== "")
    .map(({ role, text }) => ({ role, content: text }));

const written = (id: number, model: string): Turn => ({
  id,
  role: "assistant",
  text: "",
  state: "writing",
  model,
});

function withLast(turns: Turn[], change: (turn: Turn) => Turn): Turn[] {
  const last = turns.at(-1);
  return last ? [...turns.slice(0, -1), change(last)] : turns;
}
