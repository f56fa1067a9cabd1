import { TagsInput, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useHotkeys } from "@mantine/hooks";
import { useRef } from "react";
import { isProblem } from "@/shared/api/problem";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { Actions } from "@/shared/ui/actions";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { chooseTags } from "./api/choose-tags";
import type { VersionedDocument } from "@/shared/signed-in/documents/versioned";
import { BodyField } from "./body-field";
import { ConflictDialog } from "./conflict-dialog";
import classes from "./document.module.css";
import { LeaveDialog } from "./leave-dialog";
import { RestoredNotice } from "./restored-notice";
import { TagSuggestions } from "./tag-suggestions";
import { type Fields, useEditing } from "./use-editing";
import { useFieldProblems } from "./use-field-problems";
import { useSave } from "./use-save";
import { Button } from "@/shared/ui/button";

interface DocumentEditorProps {
  /** The document's id, or "new". */
  draftId: string;
  saved: Fields;
  etag: string | null;
  save: (fields: Fields, etag: string) => Promise<VersionedDocument>;
  onSaved: (saved: VersionedDocument) => void;
  onCancel: () => void;
}

export function DocumentEditor({
  draftId,
  saved,
  etag,
  save,
  onSaved,
  onCancel,
}: DocumentEditorProps) {
  const { t } = useLingui();
  const { fields, change, dirty, restored, startFrom, ...editing } = useEditing(
    draftId,
    saved,
    etag,
  );
  const mayLeave = useRef(false);
  const suggestions = useRef<string>(null);
  const account = useAccount();
  const saving = useSave({
    save,
    onSaved: (result) => {
      mayLeave.current = true;
      const { id, tags } = result.document;
      // Courtesy towards later suggestions: nobody waits for it, and without it all is well.
      if (suggestions.current) chooseTags(suggestions.current, id, tags).catch(() => undefined);
      startFrom(result.document, result.etag);
      onSaved(result);
    },
  });
  const problems = useFieldProblems(saving.error, fields);

  const submit = () => {
    saving.mutate({ fields, etag: editing.etag ?? "" });
  };
  // A shortcut beside the button, also while typing.
  useHotkeys([["mod+S", submit]], []);

  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {restored && (
        <RestoredNotice
          onDiscard={() => {
            startFrom(saved, etag);
          }}
        />
      )}
      <TextInput
        label={t`Title`}
        required
        size="md"
        maxLength={200}
        value={fields.title}
        error={problems.title}
        onChange={(event) => {
          change({ title: event.currentTarget.value });
        }}
      />
      <BodyField
        body={fields.body}
        error={problems.body}
        onChange={(body) => {
          change({ body });
        }}
      />
      <TagsInput
        label={t`Tags`}
        description={t`Press Enter after each; up to 20.`}
        size="md"
        maxTags={20}
        maxLength={50}
        value={fields.tags}
        error={problems.tags}
        onChange={(tags) => {
          change({ tags });
        }}
      />
      {may(account, "ai:use") && (
        <TagSuggestions
          documentId={draftId === "new" ? null : draftId}
          fields={fields}
          onSuggested={({ id }) => {
            suggestions.current = id;
          }}
          onTake={(tag) => {
            change({ tags: [...fields.tags, tag] });
          }}
        />
      )}
      {saving.isError && !isProblem(saving.error, 412) && <ProblemMessage error={saving.error} />}
      <Actions>
        <Button primary type="submit" busy={saving.isPending}>
          <Trans>Save</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <span role="status" className={classes.state}>
          {dirty && <Trans>Not saved yet. Kept in this browser meanwhile.</Trans>}
        </span>
      </Actions>
      {isProblem(saving.error, 412) && (
        <ConflictDialog
          documentId={draftId}
          mine={fields}
          onClose={saving.reset}
          onKeepMine={(theirEtag) => {
            saving.mutate({ fields, etag: theirEtag });
          }}
          onLoadTheirs={(theirs) => {
            startFrom(theirs.document, theirs.etag);
            saving.reset();
          }}
        />
      )}
      <LeaveDialog
        mustAsk={() => dirty && !mayLeave.current}
        dirty={dirty}
        onThrowAway={() => {
          startFrom(saved, etag);
        }}
      />
    </form>
  );
}
