import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

/** What is left out stays. */
export type PersonChange = Partial<components["schemas"]["Change"]>;

export async function changePerson(id: string, change: PersonChange) {
  const params = { path: { user_id: id } };
  const body = { status: null, roles: null, ...change };
  return (await answer(backend.PATCH("/api/admin/users/{user_id}", { params, body }))).data;
}
