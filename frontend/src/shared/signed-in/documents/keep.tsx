import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { useTabState } from "@/shared/signed-in/use-tab-state";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { keepDocument } from "./keep-document";
import classes from "./keep.module.css";
import { fetchListsAnew } from "./use-documents";
import type { DocumentDraft, VersionedDocument } from "./versioned";

interface Kept {
  saved: VersionedDocument;
  /** What was sent to be saved. */
  body: string;
}

interface KeepProps {
  /** What is kept, in this tab: the same again goes over it. */
  name: string;
  draft: DocumentDraft;
  disabled?: boolean;
  children: ReactNode;
}

/** What is saved nowhere unless the person says so, here. Then it is a document of theirs as any other. */
export function Keep({ name, draft, disabled = false, children }: KeepProps) {
  const queryClient = useQueryClient();
  const account = useAccount();
  const [kept, setKept] = useTabState<Kept | null>(`kept ${name}`, null);
  const keeping = useMutation({
    mutationFn: async (draft: DocumentDraft) => ({
      saved: await keepDocument(draft, kept?.saved ?? null),
      body: draft.body,
    }),
    onSuccess: (done) => {
      setKept(() => done);
      fetchListsAnew(queryClient);
    },
  });
  if (!may(account, "documents:write")) return null;
  const isNew = kept?.body !== draft.body;
  const document = kept?.saved.document;

  return (
    <div className={classes.keep}>
      {isNew && (
        <Button
          small
          disabled={disabled}
          busy={keeping.isPending}
          onClick={() => {
            keeping.mutate(draft);
          }}
        >
          {kept ? <Trans>Keep what has come since, too</Trans> : children}
        </Button>
      )}
      <span role="status">
        {document && (
          <Trans>
            Kept as <Link to={`/app/documents/${document.id}`}>“{document.title}”</Link> among your
            documents.
          </Trans>
        )}
      </span>
      {keeping.isError && <ProblemMessage error={keeping.error} />}
    </div>
  );
}
