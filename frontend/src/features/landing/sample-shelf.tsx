import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { useDebounced } from "@/shared/use-debounced";
import { listSamples } from "./api/list-samples";
import { searchSamples } from "./api/search-samples";
import { SampleCard } from "./sample-card";
import classes from "./sample-shelf.module.css";
import section from "./section.module.css";

/** The documents service, open to visitors: the very API that a signed-in person uses. */
export function SampleShelf() {
  const { i18n, t } = useLingui();
  const [typed, setTyped] = useState("");
  const q = useDebounced(typed.trim());
  const samples = useQuery({
    queryKey: ["samples", q],
    queryFn: ({ signal }) => (q ? searchSamples(q, signal) : listSamples(signal)),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const found = samples.data?.items ?? [];
  // The reader's own language first; a search finds both.
  const items = found.toSorted(
    (a, b) => Number(b.locale === i18n.locale) - Number(a.locale === i18n.locale),
  );

  return (
    <section id="try" className={section.section} aria-labelledby="try-title">
      <h2 id="try-title">
        <Trans>Try it without signing in</Trans>
      </h2>
      <p className={section.intro}>
        <Trans>
          These samples come from the documents service, through the same door. Visitors may look
          and search; writing needs a name.
        </Trans>
      </p>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <input
          type="search"
          value={typed}
          maxLength={200}
          aria-label={t`Search the samples`}
          placeholder={t`Search the samples`}
          className={classes.search}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </form>
      <p role="status" className={classes.count}>
        {samples.isPending && <Trans>Fetching the samples…</Trans>}
        {samples.isSuccess && (
          <Plural value={items.length} _0="Nothing found" one="# sample" other="# samples" />
        )}
      </p>
      {samples.isError && (
        <ProblemMessage error={samples.error} retry={() => void samples.refetch()} />
      )}
      <ul className={classes.shelf} aria-busy={samples.isFetching}>
        {items.map((sample) => (
          <SampleCard key={sample.id} sample={sample} />
        ))}
      </ul>
    </section>
  );
}
