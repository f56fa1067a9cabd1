import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function denyProgram(code: string): Promise<void> {
  await answer(backend.POST("/api/account/programs/deny", { body: { user_code: code } }));
}
