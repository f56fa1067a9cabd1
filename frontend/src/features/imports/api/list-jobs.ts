import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

/** The last first. */
export const listJobs = async (cursor: string | undefined, signal: AbortSignal) =>
  (await answer(documents.GET("/api/documents/jobs", { params: { query: { cursor } }, signal })))
    .data;
