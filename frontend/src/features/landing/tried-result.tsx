import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import type { Tried } from "./api/try-ai";
import classes from "./try-ai.module.css";

// Loaded with the first result, with what Markdown needs.
const Passage = lazy(() => import("@/shared/ui/passage"));

export function TriedResult({ tried }: { tried: Tried }) {
  switch (tried.tool) {
    case "search":
      return tried.hits.length === 0 ? (
        <Trans>None of the samples is about this.</Trans>
      ) : (
        <ol className={classes.hits}>
          {tried.hits.map(({ document_id, title, passage }) => (
            <li key={document_id}>
              <strong>{title}</strong>
              <Suspense fallback={<p>{passage.text}</p>}>
                <Passage text={passage.text} question={tried.text} />
              </Suspense>
            </li>
          ))}
        </ol>
      );
    case "tags":
      return <Told {...tried} />;
    case "chat":
      return (
        <>
          <p className={classes.said}>{tried.text}</p>
          {tried.cut && (
            <p>
              <Trans>It ends here: what visitors try is short.</Trans>
            </p>
          )}
        </>
      );
  }
}

function Told({ tags, language, english }: Extract<Tried, { tool: "tags" }>) {
  const { i18n } = useLingui();
  const name =
    language === "und"
      ? null
      : new Intl.DisplayNames([i18n.locale], { type: "language" }).of(language);
  return (
    <>
      <p>{name ? <Trans>Language: {name}</Trans> : <Trans>The language cannot be told.</Trans>}</p>
      {english && (
        <p>
          <Trans>In English words, as the search reads it: {english}</Trans>
        </p>
      )}
      {tags.length > 0 && (
        <ul className={classes.tags}>
          {tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
    </>
  );
}
