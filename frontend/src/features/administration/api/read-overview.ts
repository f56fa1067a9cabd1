import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type Overview = components["schemas"]["Overview"];
export type Day = components["schemas"]["Day"];

export const overviewQuery = (days: number) =>
  queryOptions({
    queryKey: ["audit", "overview", days],
    queryFn: async ({ signal }) => {
      const params = { query: { days } };
      return (await answer(backend.GET("/api/admin/audit/overview", { params, signal }))).data;
    },
    placeholderData: keepPreviousData,
  });
