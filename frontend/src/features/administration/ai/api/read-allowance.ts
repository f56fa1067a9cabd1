import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type Allowance = components["schemas"]["AllowanceOut"];

/** Both budgets of one person, and for whom they were set. */
export const allowanceQuery = (person: string) =>
  queryOptions({
    queryKey: ["ai", "administration", "allowance", person],
    queryFn: async ({ signal }): Promise<Allowance> => {
      const params = { path: { person } };
      return (await answer(ai.GET("/api/ai/usage/people/{person}", { params, signal }))).data;
    },
  });
