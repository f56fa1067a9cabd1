import { Skeleton } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { useStore } from "@/shared/store";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { deletions } from "./deletions";
import { DocumentCard } from "./document-card";
import classes from "./documents-page.module.css";
import { EmptyList } from "./empty-list";
import type { FoundDocuments } from "@/shared/signed-in/documents/use-documents";
import { Button } from "@/shared/ui/button";

interface DocumentListProps {
  found: FoundDocuments;
  /** Whether a search or a tag narrows the list. */
  narrowed: boolean;
}

export function DocumentList({ found, narrowed }: DocumentListProps) {
  const leaving = new Set(useStore(deletions).map(({ id }) => id));
  const items = (found.data ?? []).filter(({ id }) => !leaving.has(id));
  const empty = found.isSuccess && items.length === 0 && !found.hasNextPage;

  return (
    <>
      <p role="status" className="visually-hidden">
        {found.isPending && <Trans>Fetching your documents…</Trans>}
        {found.isSuccess && (
          <Plural value={items.length} one="# document shown" other="# documents shown" />
        )}
      </p>
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {empty && <EmptyList narrowed={narrowed} />}
      <ul className={classes.list} aria-busy={found.isFetching}>
        {found.isPending &&
          [1, 2, 3].map((line) => (
            <li key={line} aria-hidden="true">
              <Skeleton height={116} radius="lg" />
            </li>
          ))}
        {items.map((item) => (
          <DocumentCard key={item.id} item={item} />
        ))}
      </ul>
      {found.hasNextPage && (
        <p className={classes.more}>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </p>
      )}
    </>
  );
}
