import { useInfiniteQuery } from "@tanstack/react-query";
import { EVERY, operationsKey } from "./api/get-operations";
import { listDeadLetters } from "./api/list-dead-letters";

export const useDeadLetters = (service: string, queue: string) =>
  useInfiniteQuery({
    queryKey: [...operationsKey, "letters", service, queue],
    queryFn: ({ pageParam: cursor, signal }) => listDeadLetters(service, queue, cursor, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    refetchInterval: EVERY,
  });
