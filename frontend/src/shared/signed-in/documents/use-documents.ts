import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
} from "@tanstack/react-query";
import type { components } from "@/shared/api/documents.gen";
import { listDocuments } from "./list-documents";
import { searchDocuments } from "./search-documents";

type Schemas = components["schemas"];
export type Listed = Schemas["DocumentSummary"] | Schemas["SearchHit"];
type Page = Schemas["DocumentPage"] | Schemas["SearchPage"];

const LISTS = ["documents", "list"];

interface Wanted {
  q: string;
  tag: string;
}

/** All documents, those with a tag, or those that a search finds; page by page. */
export const useDocuments = ({ q, tag }: Wanted) =>
  useInfiniteQuery({
    queryKey: [...LISTS, { q, tag }],
    queryFn: ({ pageParam: cursor, signal }): Promise<Page> =>
      q
        ? searchDocuments({ q, cursor }, signal)
        : listDocuments({ tag: tag || undefined, cursor }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }): Listed[] => pages.flatMap((page) => page.items),
  });

export type FoundDocuments = ReturnType<typeof useDocuments>;

/** After a change. One that was empty is forgotten: it would say so until its new answer is there. */
export function fetchListsAnew(queryClient: QueryClient): void {
  queryClient.removeQueries({
    queryKey: LISTS,
    type: "inactive",
    predicate: ({ state }) => {
      const data = state.data as InfiniteData<Page> | undefined;
      return !data?.pages.some(({ items }) => items.length > 0);
    },
  });
  void queryClient.invalidateQueries({ queryKey: LISTS });
}
