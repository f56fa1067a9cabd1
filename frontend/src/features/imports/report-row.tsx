import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import classes from "./imports.module.css";
import type { Outcome, ReportLine } from "./jobs";
import { useLineWords } from "./use-line-words";

const outcomes: Record<Outcome, MessageDescriptor> = {
  succeeded: msg`Imported`,
  left_out: msg`Left out`,
  failed: msg`Failed`,
};
const signs: Record<Outcome, string> = { succeeded: "✓", left_out: "–", failed: "!" };

export function ReportRow({ line }: { line: ReportLine }) {
  const { i18n } = useLingui();
  const wordsFor = useLineWords();
  const words = wordsFor(line);
  const outcome = i18n._(outcomes[line.outcome]);
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
        {words && <p>{words}</p>}
      </div>
    </li>
  );
}
