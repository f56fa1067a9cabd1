import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "@/shared/api/backend.gen";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { getConnection } from "./api/get-connection";
import { ConnectForm } from "./connect-form";
import { Connected } from "./connected";
import { Disconnected } from "./disconnected";

export type Connection = components["schemas"]["GoogleConnection"];

export const connectionKey = ["account", "google"];

export function GooglePage() {
  const { t } = useLingui();
  const connection = useQuery({
    queryKey: connectionKey,
    queryFn: ({ signal }) => getConnection(signal),
  });
  const [ended, setEnded] = useState<components["schemas"]["Disconnected"]>();

  return (
    <>
      <PageHeading title={t`Google`} />
      <p>
        <Trans>
          Signing in tells this house only who you are. Here you can let its services do more for
          you at Google. Each gets only what it needs, and you can take it back at any time.
        </Trans>
      </p>
      {connection.isPending && <Waiting />}
      {connection.isError && (
        <ProblemMessage error={connection.error} retry={() => void connection.refetch()} />
      )}
      {ended && <Disconnected ended={ended} />}
      {connection.data?.connected && (
        <Connected connection={connection.data} onDisconnected={setEnded} />
      )}
      {connection.data && <ConnectForm connection={connection.data} />}
    </>
  );
}
