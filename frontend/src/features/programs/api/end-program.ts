import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function endProgram(id: string): Promise<void> {
  await answer(
    backend.DELETE("/api/account/programs/{program_id}", { params: { path: { program_id: id } } }),
  );
}
