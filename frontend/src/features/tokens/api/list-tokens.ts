import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const listTokens = async (signal: AbortSignal) =>
  (await answer(backend.GET("/api/account/tokens", { signal }))).data.items;
