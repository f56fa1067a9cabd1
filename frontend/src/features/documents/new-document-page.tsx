import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "react-router";
import { PageHeading } from "@/shared/ui/page-heading";
import { createDocument } from "@/shared/signed-in/documents/create-document";
import { DocumentEditor } from "./document-editor";

export function NewDocumentPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <>
      <PageHeading title={t`New document`} />
      <DocumentEditor
        draftId="new"
        saved={{ title: "", body: "", tags: [] }}
        etag={null}
        save={(draft) => createDocument(draft)}
        onSaved={({ document }) =>
          void navigate(`/app/documents/${document.id}`, { replace: true })
        }
        onCancel={() => void navigate("/app/documents")}
      />
    </>
  );
}
