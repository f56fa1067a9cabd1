import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";

/** Tells which tags were kept, for the sake of later suggestions. */
export async function chooseTags(suggestionId: string, documentId: string, tags: string[]) {
  const params = { path: { suggestion_id: suggestionId } };
  const body = { document_id: documentId, tags };
  await answer(ai.POST("/api/ai/tags/{suggestion_id}/choice", { params, body }));
}
