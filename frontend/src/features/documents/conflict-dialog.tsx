import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Actions } from "@/shared/ui/actions";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { readDocument } from "./api/read-document";
import type { VersionedDocument } from "@/shared/signed-in/documents/versioned";
import classes from "./document.module.css";
import type { Fields } from "./use-editing";
import { When } from "@/shared/ui/when";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";

interface ConflictDialogProps {
  documentId: string;
  mine: Fields;
  onClose: () => void;
  /** Save mine over theirs, whose version is named. */
  onKeepMine: (theirEtag: string) => void;
  onLoadTheirs: (theirs: VersionedDocument) => void;
}

/** Somebody saved another version meanwhile (412): nothing is overwritten until the person chooses. */
export function ConflictDialog({
  documentId,
  mine,
  onClose,
  onKeepMine,
  onLoadTheirs,
}: ConflictDialogProps) {
  const { t } = useLingui();
  const theirs = useQuery({
    queryKey: ["documents", "conflict", documentId],
    queryFn: ({ signal }) => readDocument(documentId, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const latest = theirs.isFetching ? undefined : theirs.data;

  return (
    <Dialog open onClose={onClose} title={t`This document was changed meanwhile`}>
      <p>
        <Trans>
          Another version was saved after you opened it, perhaps by you in another tab. Nothing of
          yours is lost: choose which one stays.
        </Trans>
      </p>
      {theirs.isFetching && <Waiting />}
      {theirs.isError && (
        <ProblemMessage error={theirs.error} retry={() => void theirs.refetch()} />
      )}
      {latest && (
        <section className={classes.theirs} aria-label={t`The other version`}>
          <strong>{latest.document.title}</strong>
          <p className={classes.state}>
            <Trans>
              Saved <When time={latest.document.updated_at} />
            </Trans>
          </p>
          <p className={classes.theirText}>{beginning(latest.document.body)}</p>
        </section>
      )}
      <Actions>
        <Button
          primary
          disabled={!latest}
          onClick={() => {
            if (latest) onKeepMine(latest.etag);
          }}
        >
          <Trans>Keep mine</Trans>
        </Button>
        <Button
          disabled={!latest}
          onClick={() => {
            if (latest) onLoadTheirs(latest);
          }}
        >
          <Trans>Load the other</Trans>
        </Button>
        <CopyButton text={`${mine.title}\n\n${mine.body}`}>
          <Trans>Copy mine</Trans>
        </CopyButton>
      </Actions>
    </Dialog>
  );
}

/** Enough of a text to recognise it. */
const beginning = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
