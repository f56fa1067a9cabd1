import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Usage = components["schemas"]["UsageOut"];
export type Period = components["schemas"]["PeriodOut"];
export type ModelUse = components["schemas"]["ModelUseOut"];

/** What this person has used of the AI APIs, and may still use. */
export const usageQuery = queryOptions({
  queryKey: ["ai", "usage"],
  queryFn: async ({ signal }): Promise<Usage> =>
    (await answer(ai.GET("/api/ai/usage", { signal }))).data,
});
