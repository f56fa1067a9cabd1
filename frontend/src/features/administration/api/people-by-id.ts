import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";
import type { Person } from "./list-people";

/** As many as the server gives at once. */
export const MOST_PEOPLE = 100;

/** Who these ids are, 100 at most; who is gone is left out. */
export async function peopleById(ids: string[], signal: AbortSignal): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const params = { query: { id: ids, limit: MOST_PEOPLE } };
  const { items } = (await answer(backend.GET("/api/admin/users", { params, signal }))).data;
  return new Map(items.map((person) => [person.id, person]));
}
