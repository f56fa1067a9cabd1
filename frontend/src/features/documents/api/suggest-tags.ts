import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Suggestions = components["schemas"]["SuggestionsOut"];

export const suggestTags = async (body: components["schemas"]["TagsIn"]): Promise<Suggestions> =>
  (await answer(ai.POST("/api/ai/tags", { body }))).data;
