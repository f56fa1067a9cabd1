import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

/** Deletes the version that `etag` names; 412 if another was saved meanwhile. */
export async function deleteDocument(id: string, etag: string): Promise<void> {
  const params = { path: { document_id: id }, header: { "if-match": etag } };
  await answer(documents.DELETE("/api/documents/{document_id}", { params }));
}
