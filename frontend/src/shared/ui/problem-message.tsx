import { Trans, useLingui } from "@lingui/react/macro";
import { Problem } from "@/shared/api/problem";
import buttons from "./button.module.css";
import classes from "./problem-message.module.css";
import { type ProblemWords, useProblemWords } from "./problem-words";

interface ProblemMessageProps {
  error: unknown;
  /** Offered where trying again can help. */
  retry?: () => void;
  /** What a refusal means here, where the general words do not say it. */
  words?: ProblemWords | undefined;
}

/** A problem told in plain words: what happened, what to do, and the id that helps find it in the logs. */
export function ProblemMessage({ error, retry, words }: ProblemMessageProps) {
  const { t } = useLingui();
  const { title, advice } = useProblemWords(error, words);
  const problem = error instanceof Problem ? error : null;

  return (
    <section role="alert" aria-label={t`Problem`} className={classes.problem}>
      <p className={classes.title}>{title}</p>
      <p>{advice}</p>
      {problem?.requestId && (
        <p className={classes.id}>
          <Trans>
            Request id: <code>{problem.requestId}</code>
          </Trans>
        </p>
      )}
      <p className={classes.actions}>
        {retry && (
          <button type="button" className={buttons.button} onClick={retry}>
            <Trans>Try again</Trans>
          </button>
        )}
        {problem?.type.startsWith("/docs/errors/") && (
          // A tab of its own: reading about a problem must not close what it happened to.
          <a href={problem.type} target="_blank" rel="noreferrer">
            <Trans>What this means (opens a new tab)</Trans>
          </a>
        )}
      </p>
    </section>
  );
}
