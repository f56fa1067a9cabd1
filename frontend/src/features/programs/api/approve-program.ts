import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function approveProgram(code: string): Promise<void> {
  await answer(backend.POST("/api/account/programs/approve", { body: { user_code: code } }));
}
