import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import type { Outcome, ReportLine } from "./job";
import classes from "./jobs.module.css";
import { useToldWords, type Words } from "./use-told-words";

const outcomes: Record<Exclude<Outcome, "succeeded">, MessageDescriptor> = {
  left_out: msg`Left out`,
  failed: msg`Failed`,
};
const signs: Record<Outcome, string> = { succeeded: "✓", left_out: "–", failed: "!" };

interface ReportRowProps {
  line: ReportLine;
  succeeded: MessageDescriptor;
  words: Words;
}

export function ReportRow({ line, succeeded, words }: ReportRowProps) {
  const { i18n } = useLingui();
  const wordsFor = useToldWords(words);
  const told = wordsFor(line);
  const outcome = i18n._({ ...outcomes, succeeded }[line.outcome]);
  return (
    <li className={classes.line} data-outcome={line.outcome}>
      <span role="img" aria-label={outcome} title={outcome} className={classes.sign}>
        {signs[line.outcome]}
      </span>
      <div>
        {line.result ? (
          <Link to={`/app/documents/${line.result}`} className={classes.path}>
            {line.subject}
          </Link>
        ) : (
          <span className={classes.path}>{line.subject}</span>
        )}
        {told && <p>{told}</p>}
      </div>
    </li>
  );
}
