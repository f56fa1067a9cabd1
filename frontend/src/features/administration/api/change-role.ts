import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

/** Gives all roles as they are then. */
export async function changeRole(name: string, permissions: string[]) {
  const params = { path: { name } };
  return (await answer(backend.PUT("/api/admin/roles/{name}", { params, body: { permissions } })))
    .data;
}
