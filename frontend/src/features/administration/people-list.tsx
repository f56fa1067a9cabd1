import { Skeleton } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@/shared/ui/button";
import { Logo } from "@/shared/ui/logo";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./people-page.module.css";
import { PersonCard } from "./person-card";
import { type PeopleFilter, usePeople } from "./use-people";

interface PeopleListProps {
  filter: PeopleFilter;
  onShowAll: () => void;
}

export function PeopleList({ filter, onShowAll }: PeopleListProps) {
  const found = usePeople(filter);
  const people = found.data ?? [];

  return (
    <>
      <p role="status" className="visually-hidden">
        {found.isPending && <Trans>Fetching people…</Trans>}
        {found.isSuccess && (
          <Plural value={people.length} one="# person shown" other="# people shown" />
        )}
      </p>
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && people.length === 0 && (
        <div className={classes.empty}>
          <Logo size={64} />
          <p>
            <Trans>Nobody is like that. Try fewer letters, or another status or role.</Trans>
          </p>
          <Button onClick={onShowAll}>
            <Trans>Show everybody</Trans>
          </Button>
        </div>
      )}
      <ul className={classes.list} aria-busy={found.isFetching}>
        {found.isPending &&
          [1, 2, 3].map((line) => (
            <li key={line} aria-hidden="true">
              <Skeleton height={82} radius="lg" />
            </li>
          ))}
        {people.map((person) => (
          <PersonCard key={person.id} person={person} />
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
