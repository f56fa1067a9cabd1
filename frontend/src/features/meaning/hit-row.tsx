import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import type { Hit } from "./api/search-by-meaning";
import classes from "./meaning.module.css";

/** A document, and the passage of it that answers best. */
export function HitRow({ hit }: { hit: Hit }) {
  const { document_id, title, tags, found_by, passage } = hit;
  return (
    <li className={rows.row}>
      <div>
        <h2>
          <Link to={`/app/documents/${document_id}`}>{title}</Link>
        </h2>
        <blockquote className={classes.passage}>{passage.text}</blockquote>
        <ul className={rows.facts}>
          <li>
            <FoundBy ways={found_by} />
          </li>
          {tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      </div>
    </li>
  );
}

function FoundBy({ ways }: { ways: Hit["found_by"] }) {
  if (ways.length > 1) return <Trans>Found by meaning and by words</Trans>;
  return ways[0] === "words" ? <Trans>Found by words</Trans> : <Trans>Found by meaning</Trans>;
}
