import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import rows from "@/shared/signed-in/rows.module.css";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { listHistory } from "./api/list-history";
import classes from "./history.module.css";
import { HistoryRow } from "./history-row";

export function HistoryPage() {
  const { t } = useLingui();
  const history = useInfiniteQuery({
    queryKey: ["account", "history"],
    queryFn: ({ pageParam, signal }) => listHistory(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

  return (
    <>
      <PageHeading title={t`History`} />
      <p>
        <Trans>
          What happened to your account, the newest first. Nobody can change or remove an entry. If
          you do not know something here, sign out everywhere and tell an administrator.
        </Trans>
      </p>
      {history.isPending && <Waiting />}
      {history.data?.length === 0 && (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>Nothing has happened yet.</Trans>
        </p>
      )}
      <ol className={classes.entries} aria-busy={history.isFetching}>
        {history.data?.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {history.isError && (
        <ProblemMessage
          error={history.error}
          retry={() => void (history.data ? history.fetchNextPage() : history.refetch())}
        />
      )}
      {history.hasNextPage && !history.isError && (
        <p className={classes.more}>
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            <Trans>Show older</Trans>
          </Button>
        </p>
      )}
    </>
  );
}
