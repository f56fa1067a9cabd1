import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { When } from "@/shared/ui/when";
import type { DeadLetter } from "./api/list-dead-letters";
import { sendAgain } from "./api/send-again";
import classes from "./operations.module.css";
import { letterRefusals } from "./refusals";
import { ShapeTable } from "./shape-table";
import { useAges } from "./use-ages";
import { useDecision } from "./use-decision";
import { useReasonWords } from "./use-reason-words";

interface DeadLetterRowProps {
  service: string;
  letter: DeadLetter;
  onDrop: (letter: DeadLetter) => void;
  onDone: (what: string) => void;
}

export function DeadLetterRow({ service, letter, onDrop, onDone }: DeadLetterRowProps) {
  const { t } = useLingui();
  const reasonOf = useReasonWords();
  const again = useDecision(
    () => sendAgain(service, letter.id),
    () => {
      onDone(t`The dead letter is sent again.`);
    },
  );
  const name = letter.event_type ?? t`Not an event`;
  return (
    <li className={classes.letter}>
      <div>
        <h4>{name}</h4>
        <p className={classes.reason}>{reasonOf(letter.reason)}</p>
        <Particulars letter={letter} />
        {again.error && <ProblemMessage error={again.error} words={letterRefusals} />}
      </div>
      {letter.state === "waiting" ? (
        <div className={classes.tools}>
          <Button
            small
            busy={again.isPending}
            aria-label={t`Send again: ${name}`}
            onClick={again.mutate}
          >
            <Trans>Send again</Trans>
          </Button>
          <Button
            small
            aria-label={t`Drop ${name}`}
            onClick={() => {
              onDrop(letter);
            }}
          >
            <Trans>Drop</Trans>
          </Button>
        </div>
      ) : (
        <p className={classes.tried}>
          <Trans>Is being tried once more</Trans>
        </p>
      )}
    </li>
  );
}

function Particulars({ letter }: { letter: DeadLetter }) {
  const ageOf = useAges();
  const { event_id: eventId, happened_at: happenedAt, buried_at: buriedAt, tries } = letter;
  const age = ageOf(buriedAt);
  return (
    <>
      <p className={classes.when}>
        <Trans>
          A dead letter for {age}, since <When time={buriedAt} precise />. Tries: {tries}.
        </Trans>
        {letter.on_behalf && (
          <>
            {" "}
            <Trans>
              It acts for a person: sent again, it gets a fresh token, if they still may.
            </Trans>
          </>
        )}
      </p>
      <p className={classes.when}>
        {happenedAt && (
          <Trans>
            Happened <When time={happenedAt} precise />.
          </Trans>
        )}{" "}
        {eventId && (
          <>
            <Trans>Event</Trans> <code>{eventId}</code>
          </>
        )}
      </p>
      <ShapeTable letter={letter} />
    </>
  );
}
