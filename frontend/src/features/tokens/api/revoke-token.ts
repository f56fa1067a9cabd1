import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function revokeToken(id: string): Promise<void> {
  await answer(
    backend.DELETE("/api/account/tokens/{token_id}", { params: { path: { token_id: id } } }),
  );
}
