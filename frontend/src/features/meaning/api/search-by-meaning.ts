import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";
import { inTime } from "@/shared/api/in-time";

export type Found = components["schemas"]["SearchOut"];
export type Hit = components["schemas"]["HitOut"];

const PATIENCE = 60; // seconds: the model may have to be loaded first

export const searchQuery = (query: string) =>
  queryOptions({
    queryKey: ["ai", "search", query],
    queryFn: async ({ signal }): Promise<Found> =>
      (
        await inTime(PATIENCE, signal, (signal) =>
          answer(ai.POST("/api/ai/search", { body: { query, limit: 20 }, signal })),
        )
      ).data,
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
