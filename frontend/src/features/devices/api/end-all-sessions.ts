import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function endAllSessions(): Promise<void> {
  await answer(backend.DELETE("/api/account/sessions"));
}
