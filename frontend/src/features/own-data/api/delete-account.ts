import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function deleteAccount(): Promise<void> {
  await answer(backend.DELETE("/api/account"));
}
