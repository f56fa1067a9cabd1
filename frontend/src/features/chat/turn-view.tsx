import { Trans, useLingui } from "@lingui/react/macro";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Cost } from "@/shared/signed-in/models/cost";
import models from "@/shared/signed-in/models/models.module.css";
import { isTooLong, useRefusalWords } from "@/shared/signed-in/models/use-refusal-words";
import { Button } from "@/shared/ui/button";
import { Markdown } from "@/shared/ui/markdown";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { WaitingForModel } from "@/shared/ui/waiting-for-model";
import classes from "./chat.module.css";
import type { Turn } from "./conversation";

interface QuestionTurnProps {
  turn: Turn;
  /** Offered for the last question, once its answer has ended. */
  onEdit: (() => void) | undefined;
}

export function QuestionTurn({ turn, onEdit }: QuestionTurnProps) {
  const { t } = useLingui();
  return (
    <li className={classes.mine} aria-label={t`You`}>
      <p className={classes.asked}>{turn.text}</p>
      {onEdit && (
        <Button small onClick={onEdit} aria-label={t`Edit your last question`}>
          <Trans>Edit</Trans>
        </Button>
      )}
    </li>
  );
}

interface AnswerTurnProps {
  turn: Turn;
  loads: boolean;
  /** Offered for the last answer, once it has ended. */
  onAgain: (() => void) | undefined;
  /** Offered where older messages can be let go. */
  onForget: (() => void) | undefined;
}

export function AnswerTurn({ turn, loads, onAgain, onForget }: AnswerTurnProps) {
  const { t } = useLingui();
  const { state, text, model, usage, problem } = turn;
  return (
    <li className={classes.theirs} aria-label={t`Answer`} aria-busy={state === "writing"}>
      {text && <Markdown text={text} below />}
      <Ending turn={turn} loads={loads} />
      {state !== "writing" && (
        <div className={models.foot}>
          <Cost model={model} usage={usage} />
          {text && (
            <CopyButton text={text}>
              <Trans>Copy</Trans>
            </CopyButton>
          )}
          {onAgain && onForget && isTooLong(problem) && (
            <Button primary onClick={onForget}>
              <Trans>Go on without the oldest messages</Trans>
            </Button>
          )}
          {onAgain && (
            <Button onClick={onAgain}>
              <Trans>Answer again</Trans>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Ending({ turn: { state, text, problem, place }, loads }: { turn: Turn; loads: boolean }) {
  const words = useRefusalWords(problem);
  switch (state) {
    case "writing":
      return text ? null : (
        <WaitingForModel place={place} loads={loads}>
          <Trans>Thinking…</Trans>
        </WaitingForModel>
      );
    case "stopped":
      return (
        <p role="status" className={models.quiet}>
          <Trans>You stopped this answer.</Trans>
        </p>
      );
    case "cut":
      return (
        <p role="status" className={models.quiet}>
          <Trans>The answer reached its greatest length and ends here.</Trans>
        </p>
      );
    case "failed":
      return <ProblemMessage error={problem} words={words} />;
    case "done":
      return (
        <p role="status" className="visually-hidden">
          <Trans>The answer is complete.</Trans>
        </p>
      );
  }
}
