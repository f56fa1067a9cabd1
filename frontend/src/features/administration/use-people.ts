import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { listPeople, type Status } from "./api/list-people";

export const statuses: readonly Status[] = ["pending", "active", "suspended", "deleting"];

/** What the list is narrowed to; an empty text leaves it open. */
export interface PeopleFilter {
  q: string;
  status: string;
  role: string;
}

export const usePeople = ({ q, status, role }: PeopleFilter) =>
  useInfiniteQuery({
    queryKey: ["people", "list", { q, status, role }],
    queryFn: ({ pageParam: cursor, signal }) =>
      listPeople(
        {
          q: q || undefined,
          status: statuses.find((known) => known === status),
          role: role || undefined,
          cursor,
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
