import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

/** Gives all roles as they are then. */
export const createRole = async (name: string, permissions: string[]) =>
  (await answer(backend.POST("/api/admin/roles", { body: { name, permissions } }))).data;
