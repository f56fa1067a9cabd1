import type { Usage } from "@/shared/api/model-stream";
import type { Citation, Passage, Told } from "./api/stream-answer";

/** A question and what has come of it so far. */
export interface Asked {
  /** Tells one question of this tab from the next. */
  id: string;
  question: string;
  state: "asking" | "done" | "stopped" | "failed";
  text: string;
  /** Undefined until they have come; none: nothing of the person's is about it, and no model was asked. */
  passages?: Passage[];
  /** Undefined until the answer is whole. */
  citations?: Citation[];
  grounded: boolean;
  /** Whether it reached its greatest length. */
  cut: boolean;
  model?: string;
  usage?: Usage;
  place?: number;
  problem?: unknown;
}

export const asking = (question: string): Asked => ({
  id: new Date().toISOString(),
  question,
  state: "asking",
  text: "",
  grounded: false,
  cut: false,
});

export function withTold(asked: Asked, told: Told): Asked {
  const { text = "", passages, cited, model, usage, place, ended } = told;
  return {
    ...asked,
    text: asked.text + text,
    cut: asked.cut || ended === "length",
    ...(passages && { passages }),
    ...cited,
    ...(model && { model }),
    ...(usage && { usage }),
    ...(place !== undefined && { place }),
  };
}
