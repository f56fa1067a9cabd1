import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function withdrawInvitation(id: string): Promise<void> {
  const params = { path: { invitation_id: id } };
  await answer(backend.DELETE("/api/admin/invitations/{invitation_id}", { params }));
}
