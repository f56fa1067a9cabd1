import { useQueries } from "@tanstack/react-query";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import type { Person } from "../api/list-people";
import { MOST_PEOPLE, peopleById } from "../api/people-by-id";

/** Who these ids are, so far as it is known yet and may be known; more ids ask for the new ones only. */
export function useNames(ids: string[]): Map<string, Person> {
  const named = may(useAccount(), "users:manage");
  const pages = Array.from({ length: Math.ceil(ids.length / MOST_PEOPLE) }, (_, page) =>
    ids.slice(page * MOST_PEOPLE, (page + 1) * MOST_PEOPLE),
  );
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: ["people", "named", page],
      queryFn: ({ signal }: { signal: AbortSignal }) => peopleById(page, signal),
      enabled: named,
    })),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [...data.entries()] : []))),
  });
}
