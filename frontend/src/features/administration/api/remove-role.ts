import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

/** Takes it from everybody who has it. */
export async function removeRole(name: string): Promise<void> {
  await answer(backend.DELETE("/api/admin/roles/{name}", { params: { path: { name } } }));
}
