import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { documentQuery } from "./api/read-document";
import { replaceDocument } from "@/shared/signed-in/documents/replace-document";
import type { VersionedDocument } from "@/shared/signed-in/documents/versioned";
import { DocumentEditor } from "./document-editor";
import { DocumentView } from "./document-view";

export function DocumentPage() {
  const { t } = useLingui();
  const { id = "" } = useParams();
  const { id: userId } = useAccount();
  const [params] = useSearchParams();
  const isEdited = params.has("edit") || drafts.get(userId, id) !== null;
  const document = useQuery(documentQuery(id));

  // Deleted elsewhere; only whoever is writing in it keeps it before them.
  const gone = isProblem(document.error, 404) && !isEdited;
  if (document.data && !gone) return <OpenDocument key={id} current={document.data} />;
  if (document.isError) {
    return (
      <>
        <PageHeading title={t`This document did not open`} />
        <ProblemMessage error={document.error} retry={() => void document.refetch()} />
      </>
    );
  }
  return <Waiting />;
}

/** `?edit` opens the editor; so does unsaved text of this person, kept in this browser. */
function OpenDocument({ current }: { current: VersionedDocument }) {
  const { id: userId } = useAccount();
  const { id } = current.document;
  const [params, setParams] = useSearchParams();
  const editing = params.has("edit") || drafts.get(userId, id) !== null;
  const showView = () => {
    setParams({}, { replace: true });
  };

  if (!editing)
    return (
      <DocumentView
        current={current}
        onEdit={() => {
          setParams({ edit: "" });
        }}
      />
    );
  return (
    <>
      <PageHeading title={current.document.title}>
        <Trans>Edit</Trans>
      </PageHeading>
      <DocumentEditor
        draftId={id}
        saved={current.document}
        etag={current.etag}
        save={(draft, etag) => replaceDocument(id, etag, draft)}
        onSaved={showView}
        onCancel={showView}
      />
    </>
  );
}
