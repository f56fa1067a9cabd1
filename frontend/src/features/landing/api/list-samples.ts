import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

export const listSamples = async (signal: AbortSignal) =>
  (await answer(documents.GET("/api/documents/samples", { signal }))).data;
