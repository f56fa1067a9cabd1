import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const listSessions = async (signal: AbortSignal) =>
  (await answer(backend.GET("/api/account/sessions", { signal }))).data.items;
