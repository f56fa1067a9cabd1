import { Skeleton } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useSearchParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { SearchBox } from "@/shared/signed-in/search-box";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./ai.module.css";
import { UserRow } from "./user-row";
import { useUsers } from "./use-users";

/** Who uses most, or who is called like that: `?q=` in the address. */
export function Users({ days }: { days: number }) {
  const { t } = useLingui();
  const named = may(useAccount(), "users:manage");
  const [params, setParams] = useSearchParams();
  const q = named ? (params.get("q") ?? "") : "";
  const users = useUsers(days, q);
  const shown = users.data ?? [];
  const most = Math.max(...shown.map(({ tokens }) => tokens), 1);

  return (
    <section aria-labelledby="users" className={classes.section}>
      <h2 id="users">
        <Trans>Who uses it</Trans>
      </h2>
      {named ? (
        <SearchBox
          q={q}
          label={t`Search by name or e-mail`}
          className={classes.search}
          onSearch={(text) => {
            setParams(
              (before) => {
                if (text) before.set("q", text);
                else before.delete("q");
                return before;
              },
              { replace: true },
            );
          }}
        />
      ) : (
        <p>
          <Trans>Names are shown to who may manage people; here they are ids.</Trans>
        </p>
      )}
      <p role="status" className="visually-hidden">
        {users.isPending && <Trans>Fetching people…</Trans>}
        {users.isSuccess && (
          <Plural value={shown.length} one="# line shown" other="# lines shown" />
        )}
      </p>
      {users.isError && <ProblemMessage error={users.error} retry={() => void users.refetch()} />}
      {users.isPending && <Skeleton height={240} radius="lg" />}
      {users.isSuccess && shown.length === 0 && (
        <p>
          {q ? (
            <Trans>Nobody is called like that.</Trans>
          ) : (
            <Trans>Nobody has used anything in this time.</Trans>
          )}
        </p>
      )}
      <ol className={classes.users} aria-busy={users.isFetching}>
        {shown.map((user) => (
          <UserRow key={user.id} user={user} most={most} days={days} />
        ))}
      </ol>
      {users.hasNextPage && (
        <p className={classes.more}>
          <Button busy={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </p>
      )}
    </section>
  );
}
