import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Model = components["schemas"]["ModelOut"];

/** The models that this person may chat with, the usual one first. */
export const listModels = async (signal: AbortSignal): Promise<Model[]> =>
  (await answer(ai.GET("/api/ai/v1/models", { signal }))).data.data.filter(
    ({ kind }) => kind === "chat",
  );
