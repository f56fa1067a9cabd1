import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { addressOf } from "@/shared/signed-in/documents/place";
import rows from "@/shared/signed-in/rows.module.css";
import Passage from "@/shared/ui/passage";
import type { Hit } from "./api/search-by-meaning";

interface HitRowProps {
  hit: Hit;
  question: string;
}

/** A document, and the passage of it that answers best. */
export function HitRow({ hit, question }: HitRowProps) {
  const { document_id, title, tags, found_by, passage } = hit;
  return (
    <li className={rows.row}>
      <div>
        <h2>
          <Link to={addressOf(document_id, passage.start, passage.text)}>{title}</Link>
        </h2>
        <Passage text={passage.text} question={question} />
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
