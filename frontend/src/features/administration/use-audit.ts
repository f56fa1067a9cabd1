import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type AuditFilter, searchAudit } from "./api/search-audit";

export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", "list", filter],
    queryFn: ({ pageParam: cursor, signal }) => searchAudit({ ...filter, cursor }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export type FoundEntries = ReturnType<typeof useAudit>;
