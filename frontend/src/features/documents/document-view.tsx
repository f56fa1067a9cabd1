import { Trans } from "@lingui/react/macro";
import { useEffect, useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { placeIn } from "@/shared/signed-in/documents/place";
import { Markdown } from "@/shared/ui/markdown";
import markdown from "@/shared/ui/markdown.module.css";
import { markPlace } from "@/shared/ui/markdown-marks";
import { PageHeading } from "@/shared/ui/page-heading";
import { AiMenu } from "./ai-menu";
import type { VersionedDocument } from "@/shared/signed-in/documents/versioned";
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
        <Body body={document.body} />
      </div>
    </article>
  );
}

const PLACE = "passage";

/** The text; `?passage=` leads to a part of it, which is marked. */
function Body({ body }: { body: string }) {
  const [params] = useSearchParams();
  const told = params.get("passage");
  const marks = useMemo(() => {
    const place = placeIn(body, told);
    return place ? [markPlace(place.start, place.end, PLACE, markdown.place ?? "")] : [];
  }, [body, told]);

  useEffect(() => {
    const place = told === null ? null : window.document.getElementById(PLACE);
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: "center" });
  }, [told]);

  return <Markdown text={body} below marks={marks} />;
}
