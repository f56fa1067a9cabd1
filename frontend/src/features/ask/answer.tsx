import { Trans } from "@lingui/react/macro";
import { useCallback, useId } from "react";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Cost } from "@/shared/signed-in/models/cost";
import models from "@/shared/signed-in/models/models.module.css";
import { useRefusalWords } from "@/shared/signed-in/models/use-refusal-words";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { WaitingForModel } from "@/shared/ui/waiting-for-model";
import { AnswerText } from "./answer-text";
import type { Asked } from "./asked";
import classes from "./ask.module.css";
import { withoutMarks } from "./cite";
import { KeepAnswer } from "./keep-answer";
import { Sources } from "./sources";

interface AnswerProps {
  asked: Asked;
  /** Whether the model may have to be loaded first. */
  loads: boolean;
}

/** The answer with its sources, and the passages below; or that there is none. */
export function Answer({ asked, loads }: AnswerProps) {
  const { question, state, text, passages } = asked;
  const place = useId();
  const placeOf = useCallback((number: number) => `${place}-${number}`, [place]);
  return (
    <section aria-label={question} aria-busy={state === "asking"} className={classes.answer}>
      <h2>{question}</h2>
      {text && <AnswerText asked={asked} placeOf={placeOf} />}
      <State asked={asked} loads={loads} />
      {text && state !== "asking" && (
        <>
          <div className={models.foot}>
            <Cost model={asked.model} usage={asked.usage} />
            <CopyButton text={withoutMarks(text)}>
              <Trans>Copy</Trans>
            </CopyButton>
          </div>
          <div className={models.foot}>
            <KeepAnswer asked={asked} />
          </div>
        </>
      )}
      {passages && passages.length > 0 && (
        <Sources passages={passages} question={question} placeOf={placeOf} />
      )}
    </section>
  );
}

function State({ asked, loads }: AnswerProps) {
  const { state, text, passages, citations = [], grounded, cut, place, problem } = asked;
  const words = useRefusalWords(problem);
  if (state === "failed") return <ProblemMessage error={problem} words={words} />;
  if (state === "stopped")
    return (
      <p role="status" className={models.quiet}>
        <Trans>You stopped this answer. What it rests on has not been checked.</Trans>
      </p>
    );
  if (state === "asking")
    return text ? null : (
      <WaitingForModel place={place} loads={loads}>
        {passages ? (
          <Trans>The model reads the passages…</Trans>
        ) : (
          <Trans>Reading your documents…</Trans>
        )}
      </WaitingForModel>
    );
  if (passages?.length === 0)
    return (
      <p role="status" className={classes.warning}>
        <Trans>
          Your documents say nothing about this, so there is no answer. No model was asked, and
          nothing was paid. A document that you have just saved is found after a moment.
        </Trans>
      </p>
    );
  return (
    <>
      {cut ? (
        <p role="status" className={models.quiet}>
          <Trans>The answer reached its greatest length and ends here.</Trans>
        </p>
      ) : (
        <p role="status" className="visually-hidden">
          <Trans>The answer is complete.</Trans>
        </p>
      )}
      {grounded && citations.some((each) => each.passages.length === 0) && (
        <p className={models.quiet}>
          <Trans>What is in italics rests on none of the passages: check it yourself.</Trans>
        </p>
      )}
      {!grounded && (
        <p className={classes.warning}>
          <Trans>Nothing of this answer rests on your documents: do not rely on it.</Trans>
        </p>
      )}
    </>
  );
}
