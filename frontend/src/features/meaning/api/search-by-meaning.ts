import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Found = components["schemas"]["SearchOut"];
export type Hit = components["schemas"]["HitOut"];

export const searchQuery = (query: string) =>
  queryOptions({
    queryKey: ["ai", "search", query],
    queryFn: async ({ signal }): Promise<Found> =>
      (await answer(ai.POST("/api/ai/search", { body: { query, limit: 20 }, signal }))).data,
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
