import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { addressOf } from "@/shared/signed-in/documents/place";
import rows from "@/shared/signed-in/rows.module.css";
import Passage from "@/shared/ui/passage";
import type { Passage as Given } from "./api/stream-answer";
import classes from "./ask.module.css";

interface SourcesProps {
  passages: Given[];
  question: string;
  placeOf: (number: number) => string;
}

/** The passages that the model was given; each title opens its document there. */
export function Sources({ passages, question, placeOf }: SourcesProps) {
  return (
    <>
      <h3>
        <Trans>Sources</Trans>
      </h3>
      <ol className={rows.rows}>
        {passages.map(({ number, document_id, title, text, start }) => (
          <li
            key={number}
            id={placeOf(number)}
            tabIndex={-1}
            className={`${rows.row} ${classes.source}`}
          >
            <div>
              <h4>
                [{number}] <Link to={addressOf(document_id, start, text)}>{title}</Link>
              </h4>
              <Passage text={text} question={question} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
