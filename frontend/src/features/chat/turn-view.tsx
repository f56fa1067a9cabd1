import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Button } from "@/shared/ui/button";
import { Markdown } from "@/shared/ui/markdown";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./chat.module.css";
import type { Turn } from "./conversation";
import { useRefusalWords } from "./use-refusal-words";

interface TurnViewProps {
  turn: Turn;
  /** Offered for the last answer, once it has ended. */
  onAgain?: (() => void) | undefined;
}

/** What one side said. */
export function TurnView({ turn, onAgain }: TurnViewProps) {
  const { t } = useLingui();
  if (turn.role === "user")
    return (
      <li className={classes.mine} aria-label={t`You`}>
        {turn.text}
      </li>
    );
  return (
    <li className={classes.theirs} aria-label={t`Answer`} aria-busy={turn.state === "writing"}>
      {turn.text && <Markdown text={turn.text} below />}
      <Ending turn={turn} />
      {turn.state !== "writing" && (
        <div className={classes.foot}>
          <Cost turn={turn} />
          {turn.text && (
            <CopyButton text={turn.text}>
              <Trans>Copy</Trans>
            </CopyButton>
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

function Ending({ turn: { state, text, problem } }: { turn: Turn }) {
  const words = useRefusalWords(problem);
  switch (state) {
    case "writing":
      return text ? null : (
        <p role="status" className={classes.quiet}>
          <Trans>Thinking…</Trans>
        </p>
      );
    case "stopped":
      return (
        <p role="status" className={classes.quiet}>
          <Trans>You stopped this answer.</Trans>
        </p>
      );
    case "cut":
      return (
        <p role="status" className={classes.quiet}>
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

function Cost({ turn: { usage, model } }: { turn: Turn }) {
  const tokens = usage && usage.prompt_tokens + usage.completion_tokens;
  return (
    <span className={classes.quiet}>
      {model}
      {tokens !== undefined && (
        <>
          {" · "}
          <Plural value={tokens} one="# token" other="# tokens" />
        </>
      )}
    </span>
  );
}
