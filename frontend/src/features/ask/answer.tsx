import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import type { Answered, Citation, Passage } from "./api/ask-documents";
import classes from "./ask.module.css";

interface AnswerProps {
  question: string;
  answered: Answered;
}

/** The answer sentence by sentence with its sources, and the passages below; or that there is none. */
export function Answer({ question, answered }: AnswerProps) {
  const { answer, citations, passages, grounded, model } = answered;
  const place = useId();
  const placeOf = (number: number) => `${place}-${number}`;
  return (
    <section aria-label={question} className={classes.answer}>
      <h2>{question}</h2>
      {answer === null ? (
        <p role="status">
          <Trans>Your documents say nothing about this, so there is no answer.</Trans>
        </p>
      ) : (
        <>
          <p role="status" className={classes.text}>
            {citations.map((citation, index) => (
              <Sentence key={index} citation={citation} placeOf={placeOf} />
            ))}
          </p>
          {!grounded && (
            <p className={classes.warning}>
              <Trans>Nothing of this answer rests on your documents: do not rely on it.</Trans>
            </p>
          )}
          <p className={classes.quiet}>{model}</p>
        </>
      )}
      {passages.length > 0 && <Passages passages={passages} placeOf={placeOf} />}
    </section>
  );
}

interface PlacesProps {
  placeOf: (number: number) => string;
}

function Sentence({ citation, placeOf }: { citation: Citation } & PlacesProps) {
  const { t } = useLingui();
  const supported = citation.passages.length > 0;
  return (
    <>
      <span className={supported ? undefined : classes.unsupported}>{citation.sentence}</span>
      {citation.passages.map((number) => (
        <sup key={number}>
          <a href={`#${placeOf(number)}`} aria-label={t`Source ${number}`}>
            [{number}]
          </a>
        </sup>
      ))}{" "}
    </>
  );
}

function Passages({ passages, placeOf }: { passages: Passage[] } & PlacesProps) {
  return (
    <>
      <h3>
        <Trans>Sources</Trans>
      </h3>
      <ol className={rows.rows}>
        {passages.map(({ number, document_id, title, text }) => (
          <li key={number} id={placeOf(number)} className={`${rows.row} ${classes.source}`}>
            <div>
              <h4>
                [{number}] <Link to={`/app/documents/${document_id}`}>{title}</Link>
              </h4>
              <blockquote className={classes.passage}>{text}</blockquote>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
