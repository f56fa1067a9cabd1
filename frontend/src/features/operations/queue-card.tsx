import { Trans, useLingui } from "@lingui/react/macro";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import type { Queue } from "./api/get-operations";
import { DeadLetterList } from "./dead-letter-list";
import { type Fact, Facts } from "./facts";
import classes from "./operations.module.css";
import { useAges } from "./use-ages";

interface QueueCardProps {
  service: string;
  queue: Queue;
  onDone: (what: string) => void;
}

/** One queue, and under it what could not be handled. */
export function QueueCard({ service, queue, onDone }: QueueCardProps) {
  const facts = useFacts(queue);
  const events = queue.events.join(", ");
  const some = (queue.dead_letters ?? 0) + queue.sent_again > 0;
  return (
    <section aria-labelledby={`queue-${queue.name}`}>
      <h3 id={`queue-${queue.name}`}>
        <Trans>
          Queue <code>{queue.name}</code>
        </Trans>
      </h3>
      <p className={classes.hears}>
        <Trans>
          hears <code>{events}</code>
        </Trans>
      </p>
      <Facts facts={facts} />
      {some && <DeadLetterList service={service} queue={queue.name} onDone={onDone} />}
    </section>
  );
}

function useFacts(queue: Queue): Fact[] {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const ageOf = useAges();
  const known = (value: number | null | undefined) => (value == null ? "–" : inFigures(value));
  return [
    { name: t`To be handled`, value: known(queue.waiting) },
    { name: t`The oldest waits`, value: queue.oldest_at ? ageOf(queue.oldest_at) : "–" },
    { name: t`Handled in the last minute`, value: inFigures(queue.handled_last_minute) },
    { name: t`Listeners`, value: known(queue.consumers), bad: queue.consumers === 0 },
    {
      name: t`Dead letters`,
      value: known(queue.dead_letters),
      bad: (queue.dead_letters ?? 0) > 0,
    },
  ];
}
