import type { Piece, Usage } from "@/shared/api/model-stream";

export interface Message {
  role: "user" | "assistant";
  content: string;
}

export interface Turn {
  id: number;
  role: Message["role"];
  text: string;
  /** Of an answer: whether it is still being written, and how it ended. */
  state: "writing" | "done" | "stopped" | "cut" | "failed";
  model?: string;
  usage?: Usage;
  /** The place in the line, while nothing has come. */
  place?: number;
  problem?: unknown;
}

export interface Conversation {
  /** Tells one conversation of this tab from the next. */
  id: number;
  turns: Turn[];
  /** The turn from which on a model is told: what is before has been let go, so that the rest fits. */
  from: number;
}

export const nothingSaid: Conversation = { id: 0, turns: [], from: 0 };

export type Change =
  | { kind: "asked"; text: string; model: string }
  /** The last question in other words: what followed it is gone. */
  | { kind: "asked instead"; text: string; model: string }
  | { kind: "again"; model: string }
  | { kind: "forgotten" }
  | { kind: "piece"; piece: Piece }
  | { kind: "ended"; state: "done" | "stopped" }
  | { kind: "failed"; problem: unknown }
  | { kind: "cleared" };

/** The conversation after a change. The last turn is the answer that is being written, if one is. */
export function changed(talk: Conversation, change: Change): Conversation {
  const { id, turns, from } = talk;
  const withTurns = (turns: Turn[]) => ({ ...talk, turns });
  switch (change.kind) {
    case "asked":
      return withTurns(asked(turns, change.text, change.model));
    case "asked instead": {
      const before = turns.slice(0, Math.max(lastQuestion(turns), 0));
      const anew = asked(before, change.text, change.model);
      return { id, turns: anew, from: Math.min(from, before.length) };
    }
    case "again":
      return withTurns([...turns.slice(0, -1), written(nextId(turns), change.model)]);
    case "forgotten":
      return { ...talk, from: halfWay(talk) ?? from };
    case "piece":
      return withTurns(withLast(turns, (turn) => withPiece(turn, change.piece)));
    case "ended":
      return withTurns(
        withLast(turns, (turn) =>
          turn.state === "writing" ? { ...turn, state: change.state } : turn,
        ),
      );
    case "failed":
      return withTurns(
        withLast(turns, (turn) => ({ ...turn, state: "failed", problem: change.problem })),
      );
    case "cleared":
      return { ...nothingSaid, id: id + 1 };
  }
}

/** What a model is told of it: answers without a word, and the one that is awaited, are left out. */
export const toldOf = ({ turns, from }: Conversation): Message[] =>
  turns
    .slice(from)
    .filter(({ role, text, state }) => role === "user" || (text !== "" && state !== "writing"))
    .map(({ role, text }) => ({ role, content: text }));

/** The question in the middle of what a model is told; undefined: there is only one, and it cannot be let go. */
export function halfWay({ turns, from }: Conversation): number | undefined {
  const questions = turns.flatMap(({ role }, place) =>
    role === "user" && place >= from ? [place] : [],
  );
  return questions.length > 1 ? questions[Math.ceil(questions.length / 2)] : undefined;
}

export const lastQuestion = (turns: Turn[]): number =>
  turns.findLastIndex(({ role }) => role === "user");

function withPiece(turn: Turn, { text = "", usage, model, ended, place }: Piece): Turn {
  return {
    ...turn,
    text: turn.text + text,
    ...(usage && { usage }),
    ...(model && { model }),
    ...(ended === "length" && { state: "cut" as const }),
    ...(place !== undefined && { place }),
  };
}

const nextId = (turns: Turn[]): number => (turns.at(-1)?.id ?? -1) + 1;

function asked(turns: Turn[], text: string, model: string): Turn[] {
  const id = nextId(turns);
  return [...turns, { id, role: "user", text, state: "done" }, written(id + 1, model)];
}

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
