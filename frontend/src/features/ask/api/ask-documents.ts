import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Answered = components["schemas"]["AskOut"];
export type Passage = components["schemas"]["AskedPassage"];
export type Citation = components["schemas"]["Citation"];

export const askDocuments = async (question: string, signal: AbortSignal): Promise<Answered> =>
  (await answer(ai.POST("/api/ai/ask", { body: { question, model: null, stream: false }, signal })))
    .data;
