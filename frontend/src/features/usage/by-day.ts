import { type ModelUse, tokensOf } from "@/shared/signed-in/ai-usage";
import type { ModelTotal } from "@/shared/signed-in/model-totals";

const DAY = 24 * 60 * 60 * 1000;

/** The last `count` days in UTC, oldest first: also those on which nothing was used. */
export function lastDays(count: number, today = new Date()): string[] {
  return Array.from({ length: count }, (_, ago) =>
    new Date(today.getTime() - (count - 1 - ago) * DAY).toISOString().slice(0, 10),
  );
}

/** What was used on each of the days. */
export const byDay = (items: ModelUse[], days: string[]) =>
  days.map((day) => {
    const ofThisDay = items.filter((use) => use.day === day);
    return {
      day,
      tokens: ofThisDay.reduce((sum, use) => sum + tokensOf(use), 0),
      requests: ofThisDay.reduce((sum, use) => sum + use.requests, 0),
    };
  });

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
