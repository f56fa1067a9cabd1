import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

export const searchSamples = async (q: string, signal: AbortSignal) =>
  (
    await answer(
      documents.GET("/api/documents/samples/search", { params: { query: { q } }, signal }),
    )
  ).data;
