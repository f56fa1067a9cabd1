import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function endSession(id: string): Promise<void> {
  await answer(
    backend.DELETE("/api/account/sessions/{session_id}", { params: { path: { session_id: id } } }),
  );
}
