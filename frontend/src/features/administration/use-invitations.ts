import { useInfiniteQuery } from "@tanstack/react-query";
import { listInvitations } from "./api/list-invitations";

export const invitationsKey = ["invitations"];

export const useInvitations = () =>
  useInfiniteQuery({
    queryKey: invitationsKey,
    queryFn: ({ pageParam: cursor, signal }) => listInvitations(cursor, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
