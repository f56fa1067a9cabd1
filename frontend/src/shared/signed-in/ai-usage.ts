import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Usage = components["schemas"]["UsageOut"];
export type Period = components["schemas"]["PeriodOut"];
export type ModelUse = components["schemas"]["ModelUseOut"];

interface Counted {
  prompt_tokens: number;
  completion_tokens: number;
}

export const tokensOf = (use: Counted): number => use.prompt_tokens + use.completion_tokens;

/** From this share of a budget on it is told that most of it is used. */
export const NEAR = 0.8;

/** What this person has used of the AI APIs, and may still use. */
export const usageQuery = queryOptions({
  queryKey: ["ai", "usage"],
  queryFn: async ({ signal }): Promise<Usage> =>
    (await answer(ai.GET("/api/ai/usage", { signal }))).data,
});
