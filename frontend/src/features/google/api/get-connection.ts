import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const getConnection = async (signal: AbortSignal) =>
  (await answer(backend.GET("/api/account/google", { signal }))).data;
