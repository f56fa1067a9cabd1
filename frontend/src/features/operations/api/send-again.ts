import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export async function sendAgain(service: string, id: string): Promise<void> {
  const params = { path: { service, letter_id: id } };
  const address = "/api/admin/operations/{service}/dead-letters/{letter_id}/again";
  await answer(backend.POST(address, { params }));
}
