import { Trans, useLingui } from "@lingui/react/macro";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import type { Outbox, ServiceEvents } from "./api/get-operations";
import { type Fact, Facts } from "./facts";
import classes from "./operations.module.css";
import { QueueCard } from "./queue-card";
import { useAges } from "./use-ages";

interface ServiceSectionProps {
  service: ServiceEvents;
  onDone: (what: string) => void;
}

/** What one service has to tell, and what it is to hear. */
export function ServiceSection({ service, onDone }: ServiceSectionProps) {
  const { name, state, events } = service;
  return (
    <section aria-labelledby={`service-${name}`} className={classes.service}>
      <h2 id={`service-${name}`}>{name}</h2>
      {!events && <Silence known={state === "unreachable"} />}
      {events?.broker === "unreachable" && (
        <p className={classes.warning}>
          <Trans>
            The broker does not answer this service. Nothing is lost: what is to be told waits in
            the outbox.
          </Trans>
        </p>
      )}
      {events && <OutboxFacts outbox={events.outbox} />}
      {events?.queues.map((queue) => (
        <QueueCard key={queue.name} service={name} queue={queue} onDone={onDone} />
      ))}
    </section>
  );
}

function Silence({ known }: { known: boolean }) {
  return (
    <p className={classes.warning}>
      {known ? (
        <Trans>
          This service does not answer, so nothing is known of its events. It is asked again.
        </Trans>
      ) : (
        <Trans>
          This service does not tell of its events: it is of an older release, or PEERS does not say
          where it is.
        </Trans>
      )}
    </p>
  );
}

function OutboxFacts({ outbox }: { outbox: Outbox }) {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const ageOf = useAges();
  const facts: Fact[] = [
    { name: t`To be told`, value: inFigures(outbox.waiting) },
    { name: t`The oldest waits`, value: outbox.oldest_at ? ageOf(outbox.oldest_at) : "–" },
    { name: t`Told in the last minute`, value: inFigures(outbox.sent_last_minute) },
  ];
  if (outbox.returned > 0)
    facts.push({ name: t`Could not be delivered`, value: inFigures(outbox.returned), bad: true });
  return (
    <>
      <h3>
        <Trans>Outbox</Trans>
      </h3>
      <Facts facts={facts} />
    </>
  );
}
