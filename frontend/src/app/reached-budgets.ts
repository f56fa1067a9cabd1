import { browserStorage } from "@/shared/browser-storage";
import { createStore } from "@/shared/store";

/** Most of a budget is used: of a day (`2026-11-25`) or of a month (`2026-11`), in UTC. */
export interface ReachedBudget {
  budget: "day" | "month";
  period: string;
  used: number;
  limit: number;
}

/** Those that the person has been told of and has not put away. */
export const reachedBudgets = createStore<readonly ReachedBudget[]>([]);

const keyOf = (person: string) => `zaguan-budget-told:${person}`;

/** The periods that were put away; of a day and of a month the last one counts. */
function putAway(person: string): string[] {
  return (browserStorage.get(keyOf(person)) ?? "").split(" ");
}

const isOver = ({ period }: ReachedBudget) => !new Date().toISOString().startsWith(period);

/** What a stream tells. It may tell it again, as to a page that was opened anew. */
export function noteReached(person: string, data: Record<string, unknown>): void {
  const { budget, period, used, limit } = data;
  if (budget !== "day" && budget !== "month") return;
  const told = {
    budget,
    period: String(period),
    used: Number(used),
    limit: Number(limit),
  } as const;
  if (isOver(told) || putAway(person).includes(told.period)) return;
  const others = reachedBudgets.get().filter((each) => each.budget !== budget && !isOver(each));
  reachedBudgets.set([...others, told]);
}

/** In this tab and, as soon as they look, in the others. */
export function putBudgetAway(person: string, { period }: ReachedBudget): void {
  const others = putAway(person).filter((each) => each && each.length !== period.length);
  browserStorage.set(keyOf(person), [...others, period].join(" "));
  forgetPutAway(person);
}

export function forgetPutAway(person: string): void {
  const gone = putAway(person);
  reachedBudgets.set(reachedBudgets.get().filter(({ period }) => !gone.includes(period)));
}
