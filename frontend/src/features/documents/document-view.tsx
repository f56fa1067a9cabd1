import { Trans } from "@lingui/react/macro";
import { Link, useNavigate } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { Markdown } from "@/shared/ui/markdown";
import { PageHeading } from "@/shared/ui/page-heading";
import type { VersionedDocument } from "./api/versioned";
import { AiMenu } from "./ai-menu";
import { deleteSoon } from "./deletions";
import classes from "./document.module.css";
import { TagLinks } from "./tag-links";
import { When } from "@/shared/ui/when";
import { Button } from "@/shared/ui/button";

interface DocumentViewProps {
  current: VersionedDocument;
  onEdit: () => void;
}

export function DocumentView({ current, onEdit }: DocumentViewProps) {
  const navigate = useNavigate();
  const account = useAccount();
  const { document, etag } = current;

  return (
    <article className={classes.article}>
      <p>
        <Link to="/app/documents">
          <Trans>All documents</Trans>
        </Link>
      </p>
      <PageHeading title={document.title} />
      <p className={classes.facts}>
        <span>
          <Trans>
            Saved <When time={document.updated_at} />
          </Trans>
        </span>
        <TagLinks tags={document.tags} />
      </p>
      {may(account, "documents:write") && (
        <div className={classes.tools}>
          <Button primary onClick={onEdit}>
            <Trans>Edit</Trans>
          </Button>
          <Button
            onClick={() => {
              deleteSoon({ id: document.id, title: document.title, etag });
              void navigate("/app/documents");
            }}
          >
            <Trans>Delete</Trans>
          </Button>
          {may(account, "ai:use") && <AiMenu documentId={document.id} />}
        </div>
      )}
      <div className={classes.sheet}>
        <Markdown text={document.body} below />
      </div>
    </article>
  );
}
