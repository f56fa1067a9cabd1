import type { DayValue } from "@/shared/signed-in/day-chart";
import type { ModelUse } from "@/shared/signed-in/ai-usage";

export const tokensOf = (use: ModelUse): number => use.prompt_tokens + use.completion_tokens;

const DAY = 24 * 60 * 60 * 1000;

/** The last `count` days in UTC, oldest first: also those on which nothing was used. */
export function lastDays(count: number, today = new Date()): string[] {
  return Array.from({ length: count }, (_, ago) =>
    new Date(today.getTime() - (count - 1 - ago) * DAY).toISOString().slice(0, 10),
  );
}

/** What `of` adds up to on each of the days. */
export const byDay = (
  items: ModelUse[],
  days: string[],
  of: (use: ModelUse) => number,
): DayValue[] =>
  days.map((day) => ({
    day,
    value: items.filter((use) => use.day === day).reduce((sum, use) => sum + of(use), 0),
  }));

export interface ModelTotal {
  model: string;
  requests: number;
  tokens: number;
}

/** What was used of each model, the most first. */
export function byModel(items: ModelUse[]): ModelTotal[] {
  const totals = new Map<string, ModelTotal>();
  for (const use of items) {
    const before = totals.get(use.model) ?? { model: use.model, requests: 0, tokens: 0 };
    totals.set(use.model, {
      model: use.model,
      requests: before.requests + use.requests,
      tokens: before.tokens + tokensOf(use),
    });
  }
  return [...totals.values()].sort((one, other) => other.tokens - one.tokens);
}
