import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { Markdown } from "@/shared/ui/markdown";
import { element } from "@/shared/ui/markdown-marks";
import type { Asked } from "./asked";
import classes from "./ask.module.css";
import { cite } from "./cite";

interface AnswerTextProps {
  asked: Asked;
  /** Where a source stands on this page. */
  placeOf: (number: number) => string;
}

/** The answer, each sentence with what it rests on. Before that is known, no source is shown. */
export function AnswerText({ asked: { text, citations }, placeOf }: AnswerTextProps) {
  const { t } = useLingui();
  const marks = useMemo(() => {
    const source = (number: number) =>
      element(
        "sup",
        element("a", `[${number}]`, {
          href: `#${placeOf(number)}`,
          ariaLabel: t`Source ${number}`,
        }),
      );
    return [cite(text, citations ?? [], { source, unsupported: classes.unsupported ?? "" })];
  }, [text, citations, placeOf, t]);

  return (
    <div className={classes.text}>
      <Markdown text={text} part marks={marks} />
    </div>
  );
}
