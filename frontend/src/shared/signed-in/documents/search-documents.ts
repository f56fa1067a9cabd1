import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

interface Search {
  q: string;
  cursor: string | undefined;
}

/** The best matches first. */
export const searchDocuments = async (query: Search, signal: AbortSignal) =>
  (await answer(documents.GET("/api/documents/search", { params: { query }, signal }))).data;
