import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

export type UserShare = components["schemas"]["UserShareOut"];

interface Wanted {
  days: number;
  /** Only these; left out: all. */
  person?: string[];
  limit?: number;
  cursor?: string | undefined;
}

/** Who used most comes first. The service knows ids, no names. */
export const listUsers = async (query: Wanted, signal: AbortSignal) =>
  (await answer(ai.GET("/api/ai/usage/people", { params: { query }, signal }))).data;
