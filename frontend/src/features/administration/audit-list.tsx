import { Skeleton } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Timeline } from "./timeline";
import type { FoundEntries } from "./use-audit";

interface AuditListProps {
  found: FoundEntries;
  heading: "h2" | "h3";
  /** What to say where nothing was found. */
  empty: ReactNode;
}

export function AuditList({ found, heading, empty }: AuditListProps) {
  const entries = found.data ?? [];
  return (
    <>
      <p role="status" className="visually-hidden">
        {found.isPending && <Trans>Fetching the audit…</Trans>}
        {found.isSuccess && (
          <Plural value={entries.length} one="# entry shown" other="# entries shown" />
        )}
      </p>
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={240} radius="lg" />}
      {found.isSuccess && entries.length === 0 && empty}
      <Timeline entries={entries} heading={heading} />
      {found.hasNextPage && (
        <p>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </p>
      )}
    </>
  );
}
