import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { SearchBox } from "@/shared/signed-in/search-box";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { WaitingForModel } from "@/shared/ui/waiting-for-model";
import { type Found, searchQuery } from "./api/search-by-meaning";
import { HitRow } from "./hit-row";
import classes from "./meaning.module.css";

/** What is asked is told by the address: `?q=`, so that it can be kept and gone back to. */
export function MeaningPage() {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const found = useQuery(searchQuery(q));

  return (
    <>
      <PageHeading title={t`Search by meaning`} />
      <p>
        <Trans>
          Say in your own words what you look for, in Spanish or English. It finds what means the
          same, whatever words your documents use.
        </Trans>
      </p>
      <SearchBox
        q={q}
        label={t`What do you look for?`}
        className={classes.search}
        onSearch={(next) => {
          setParams(next ? { q: next } : {}, { replace: true });
        }}
      />
      {found.isFetching && !found.data && (
        <WaitingForModel
          loads
          onStop={() => void queryClient.cancelQueries({ queryKey: searchQuery(q).queryKey })}
        >
          <Trans>Reading your documents…</Trans>
        </WaitingForModel>
      )}
      {q !== "" && found.isPending && !found.isFetching && (
        <p role="status">
          <Trans>You stopped this search.</Trans>{" "}
          <Button small onClick={() => void found.refetch()}>
            <Trans>Search again</Trans>
          </Button>
        </p>
      )}
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {q !== "" && found.data && <Results found={found.data} question={q} />}
    </>
  );
}

interface ResultsProps {
  found: Found;
  question: string;
}

function Results({ found: { items, language }, question }: ResultsProps) {
  return (
    <>
      {language.code === "es" && !language.spanish && (
        <p className={classes.note}>
          <Trans>
            On this server Spanish is not translated first, so it finds less well than it could. Who
            runs it can install <code>apertium-eng-spa</code>.
          </Trans>
        </p>
      )}
      {items.length === 0 ? (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>
            Nothing of yours is about this. A document that you have just saved is found after a
            moment.
          </Trans>
        </p>
      ) : (
        <ol className={rows.rows}>
          {items.map((hit) => (
            <HitRow key={hit.document_id} hit={hit} question={question} />
          ))}
        </ol>
      )}
    </>
  );
}
