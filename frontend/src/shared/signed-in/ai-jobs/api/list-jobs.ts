import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";

/** The last first. */
export const listJobs = async (cursor: string | undefined, signal: AbortSignal) =>
  (await answer(ai.GET("/api/ai/jobs", { params: { query: { cursor } }, signal }))).data;
