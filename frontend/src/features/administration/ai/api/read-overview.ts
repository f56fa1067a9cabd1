import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type AiOverview = components["schemas"]["OverviewOut"];

/** What was used by day and by model: by everybody, or by one person. */
export const aiOverviewQuery = (days: number, person?: string) =>
  queryOptions({
    queryKey: ["ai", "administration", "overview", days, person],
    queryFn: async ({ signal }): Promise<AiOverview> => {
      const params = { query: { days, ...(person && { person }) } };
      return (await answer(ai.GET("/api/ai/usage/overview", { params, signal }))).data;
    },
    placeholderData: keepPreviousData,
  });

/** Where the same is a file for spreadsheets. */
export const exportAddress = (days: number, person?: string): string =>
  `/api/ai/usage/export?${new URLSearchParams({ days: String(days), ...(person && { person }) }).toString()}`;
