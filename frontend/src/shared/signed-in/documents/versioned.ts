import type { components } from "@/shared/api/documents.gen";

export type Document = components["schemas"]["Document"];
export type DocumentDraft = components["schemas"]["DocumentDraft"];

/** A document together with the name of its version, which `If-Match` sends back. */
export interface VersionedDocument {
  document: Document;
  etag: string;
}

export const versioned = (document: Document, response: Response): VersionedDocument => ({
  document,
  etag: response.headers.get("ETag") ?? "",
});
