import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";
import { type DocumentDraft, versioned, type VersionedDocument } from "./versioned";

export async function createDocument(body: DocumentDraft): Promise<VersionedDocument> {
  const { data, response } = await answer(documents.POST("/api/documents", { body }));
  return versioned(data, response);
}
