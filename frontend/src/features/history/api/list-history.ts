import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const listHistory = async (cursor: string | undefined, signal: AbortSignal) =>
  (await answer(backend.GET("/api/account/audit", { params: { query: { cursor } }, signal }))).data;
