import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { operationsQuery, type ServiceEvents } from "./api/get-operations";
import { ServiceSection } from "./service-section";

/** What waits between the services, and what could not be handled. */
export function OperationsPage() {
  const { t } = useLingui();
  const found = useQuery(operationsQuery);
  const [done, setDone] = useState<string>();

  return (
    <>
      <PageHeading title={t`Operations`} />
      <p>
        <Trans>
          What happens in one service is told to the others as events. Here you see how far they
          are. The page refreshes itself.
        </Trans>
      </p>
      {found.isPending && <Waiting />}
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Summary services={found.data} />}
      {done && <DoneNotice>{done}</DoneNotice>}
      {found.data?.map((service) => (
        <ServiceSection key={service.name} service={service} onDone={setDone} />
      ))}
    </>
  );
}

/** What an administrator has to do here, in a sentence; read out when it changes. */
function Summary({ services }: { services: ServiceEvents[] }) {
  const silent = services.filter(({ state }) => state !== "ok").length;
  const counts = services.flatMap(({ events }) =>
    (events?.queues ?? []).map((queue) => queue.dead_letters),
  );
  const letters = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const knowsAll = silent === 0 && counts.every((count) => count != null);
  return (
    <p role="status">
      {silent > 0 && (
        <>
          <Plural
            value={silent}
            one="# service does not answer."
            other="# services do not answer."
          />{" "}
        </>
      )}
      {letters > 0 && (
        <Plural
          value={letters}
          one="# dead letter waits for a decision."
          other="# dead letters wait for a decision."
        />
      )}
      {letters === 0 && knowsAll && <Trans>No dead letters: nothing waits for you.</Trans>}
      {letters === 0 && !knowsAll && (
        <Trans>Whether there are dead letters is not known of all queues.</Trans>
      )}
    </p>
  );
}
