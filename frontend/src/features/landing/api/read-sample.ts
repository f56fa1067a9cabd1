import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

export async function readSample(id: string, signal: AbortSignal) {
  const params = { path: { document_id: id } };
  return (await answer(documents.GET("/api/documents/samples/{document_id}", { params, signal })))
    .data;
}
