import type { components } from "@/shared/api/ai.gen";
import { modelStream, type Piece } from "@/shared/api/model-stream";

export type Passage = components["schemas"]["AskedPassage"];
export type Citation = components["schemas"]["Citation"];

/** What a model says, and before and after it what it says it from. */
export type Told = Piece & { passages?: Passage[]; cited?: Cited };

export interface Cited {
  citations: Citation[];
  grounded: boolean;
}

/** Asks one's own documents. */
export async function* streamAnswer(
  question: string,
  model: string,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const body = { question, model, stream: true };
  for await (const piece of modelStream("/api/ai/ask", body, signal)) {
    if (piece.event?.name === "passages") yield { passages: piece.event.data as Passage[] };
    else if (piece.event?.name === "citations") yield { cited: piece.event.data as Cited };
    else yield piece;
  }
}
