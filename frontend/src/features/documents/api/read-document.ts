import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";
import { versioned, type VersionedDocument } from "@/shared/signed-in/documents/versioned";

export async function readDocument(id: string, signal?: AbortSignal): Promise<VersionedDocument> {
  const params = { path: { document_id: id } };
  const { data, response } = await answer(
    documents.GET("/api/documents/{document_id}", { params, signal: signal ?? null }),
  );
  return versioned(data, response);
}

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ["documents", "one", id],
    queryFn: ({ signal }) => readDocument(id, signal),
  });
