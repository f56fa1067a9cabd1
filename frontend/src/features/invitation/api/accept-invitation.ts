import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function acceptInvitation(code: string): Promise<void> {
  await answer(backend.POST("/api/invitations/{code}", { params: { path: { code } } }));
}
