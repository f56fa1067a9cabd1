import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { suggestTags, type Suggestions } from "./api/suggest-tags";
import classes from "./document.module.css";
import type { Fields } from "./use-editing";

const LONGEST = 200_000;

interface TagSuggestionsProps {
  /** The document's id, once it has one. */
  documentId: string | null;
  fields: Fields;
  onSuggested: (suggestions: Suggestions) => void;
  onTake: (tag: string) => void;
}

/** Tags that may fit the text as it is now: one's own first, each taken with a click. */
export function TagSuggestions({ documentId, fields, onSuggested, onTake }: TagSuggestionsProps) {
  const { t } = useLingui();
  const { title, body, tags } = fields;
  const suggesting = useMutation({
    mutationFn: () =>
      suggestTags({
        title: title.slice(0, 200),
        body: body.slice(0, LONGEST),
        tags,
        document_id: documentId,
        limit: 8,
      }),
    onSuccess: onSuggested,
  });
  const offered = suggesting.data?.items.filter(({ tag }) => !tags.includes(tag)) ?? [];

  return (
    <div className={classes.suggestions}>
      <Button
        small
        busy={suggesting.isPending}
        disabled={(title + body).trim() === ""}
        onClick={() => {
          suggesting.mutate();
        }}
      >
        <Trans>Suggest tags</Trans>
      </Button>
      {suggesting.isError && (
        <div className={classes.wide}>
          <ProblemMessage error={suggesting.error} />
        </div>
      )}
      <ul aria-label={t`Suggested tags`} className={classes.offered}>
        {offered.map(({ tag, source }) => (
          <li key={tag}>
            <Button
              small
              aria-label={t`Add the tag ${tag}`}
              onClick={() => {
                onTake(tag);
              }}
            >
              + {tag}
              {source === "new" && (
                <span className={classes.fresh}>
                  <Trans>(new)</Trans>
                </span>
              )}
            </Button>
          </li>
        ))}
      </ul>
      <span role="status" className={classes.state}>
        {suggesting.isSuccess && offered.length === 0 && <Trans>No other tag seems to fit.</Trans>}
      </span>
    </div>
  );
}
