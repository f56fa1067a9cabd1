import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { tokensOf } from "@/shared/signed-in/ai-usage";
import { listPeople, type Person } from "../api/list-people";
import { peopleById } from "../api/people-by-id";
import { listUsers, type UserShare } from "./api/list-users";

/** Under this name the service counts all visitors together. */
export const VISITORS = "visitors";

/** Somebody and what they used. `person` is who that is, where it may be known and they are still there. */
export interface User {
  id: string;
  person: Person | undefined;
  tokens: number;
  requests: number;
}

interface Page {
  items: User[];
  next: string | null;
}

const userOf = (id: string, person: Person | undefined, use: UserShare | undefined): User => ({
  id,
  person,
  tokens: use ? tokensOf(use) : 0,
  requests: use?.requests ?? 0,
});

/** The largest users first: the AI service knows who used how much, the backend who that is. */
async function largest(
  days: number,
  named: boolean,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const { items, next } = await listUsers({ days, cursor }, signal);
  const ids = items.map(({ person }) => person).filter((id) => id !== VISITORS);
  const people = named ? await peopleById(ids, signal) : new Map<string, Person>();
  return { items: items.map((use) => userOf(use.person, people.get(use.person), use)), next };
}

/** The other way round: who is called like that, and what they used, if anything. */
async function found(
  days: number,
  q: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const wanted = { q, status: undefined, role: undefined, cursor };
  const { items, next } = await listPeople(wanted, signal);
  const ids = items.map(({ id }) => id);
  const used = ids.length > 0 ? await listUsers({ days, person: ids, limit: 100 }, signal) : null;
  const byId = new Map(used?.items.map((use) => [use.person, use]));
  return { items: items.map((person) => userOf(person.id, person, byId.get(person.id))), next };
}

export function useUsers(days: number, q: string) {
  const named = may(useAccount(), "users:manage");
  return useInfiniteQuery({
    queryKey: ["ai", "administration", "users", { days, q, named }],
    queryFn: ({ pageParam: cursor, signal }) =>
      q ? found(days, q, cursor, signal) : largest(days, named, cursor, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}
