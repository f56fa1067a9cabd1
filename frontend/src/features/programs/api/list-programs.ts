import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const listPrograms = async (signal: AbortSignal) =>
  (await answer(backend.GET("/api/account/programs", { signal }))).data.items;
