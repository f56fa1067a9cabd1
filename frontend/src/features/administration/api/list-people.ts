import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type Person = components["schemas"]["Person"];
export type Status = Person["status"];

interface Wanted {
  q: string | undefined;
  status: Status | undefined;
  role: string | undefined;
  cursor: string | undefined;
}

/** The newest first. */
export const listPeople = async (query: Wanted, signal: AbortSignal) =>
  (await answer(backend.GET("/api/admin/users", { params: { query }, signal }))).data;
