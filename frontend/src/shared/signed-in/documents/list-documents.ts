import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

interface Page {
  tag: string | undefined;
  cursor: string | undefined;
}

/** The last changed first. */
export const listDocuments = async (query: Page, signal: AbortSignal) =>
  (await answer(documents.GET("/api/documents", { params: { query }, signal }))).data;
