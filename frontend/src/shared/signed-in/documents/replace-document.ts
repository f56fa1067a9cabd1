import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";
import { type DocumentDraft, versioned, type VersionedDocument } from "./versioned";

/** Saves over the version that `etag` names; 412 if another was saved meanwhile. */
export async function replaceDocument(
  id: string,
  etag: string,
  body: DocumentDraft,
): Promise<VersionedDocument> {
  const params = { path: { document_id: id }, header: { "if-match": etag } };
  const { data, response } = await answer(
    documents.PUT("/api/documents/{document_id}", { params, body }),
  );
  return versioned(data, response);
}
