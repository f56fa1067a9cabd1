import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";
import type { Scope } from "./list-budgets";

export async function removeBudget(scope: Scope, name: string): Promise<void> {
  await answer(ai.DELETE("/api/ai/budgets/{scope}/{name}", { params: { path: { scope, name } } }));
}
