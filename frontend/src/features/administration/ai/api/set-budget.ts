import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";
import type { Scope, Tokens } from "./list-budgets";

export async function setBudget(scope: Scope, name: string, body: Tokens) {
  const params = { path: { scope, name } };
  return (await answer(ai.PUT("/api/ai/budgets/{scope}/{name}", { params, body }))).data;
}
