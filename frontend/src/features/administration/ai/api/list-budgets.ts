import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type SetBudget = components["schemas"]["BudgetOut"];
export type Scope = SetBudget["scope"];
export type Tokens = components["schemas"]["BudgetIn"];

/** All that was set, and what holds where nothing was. */
export const budgetsQuery = queryOptions({
  queryKey: ["ai", "administration", "budgets"],
  queryFn: async ({ signal }) => (await answer(ai.GET("/api/ai/budgets", { signal }))).data,
});
