import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { components } from "@/shared/api/backend.gen";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { When } from "@/shared/ui/when";
import { DisconnectDialog } from "./disconnect-dialog";
import classes from "./google.module.css";
import type { Connection } from "./google-page";
import { useConnecting } from "./use-connecting";
import { useScopeWords } from "./use-scope-words";

interface ConnectedProps {
  connection: Connection;
  onDisconnected: (ended: components["schemas"]["Disconnected"]) => void;
}

export function Connected({ connection, onDisconnected }: ConnectedProps) {
  const wordsFor = useScopeWords(connection);
  const [asking, setAsking] = useState(false);
  const reconnecting = useConnecting();
  const { email, connected_at: since, scopes, missing, needs_reconnecting: broken } = connection;

  return (
    <section aria-labelledby="connected" className={classes.card}>
      <h2 id="connected">
        <Trans>Connected</Trans>
      </h2>
      <p>
        <strong>{email}</strong>
        {since && (
          <>
            {", "}
            <Trans>
              since <When time={since} />
            </Trans>
          </>
        )}
      </p>
      <ul>
        {scopes.map((name) => (
          <li key={name}>{wordsFor(name)}</li>
        ))}
      </ul>
      {broken && (
        <p className={classes.warning}>
          <Trans>
            Google does not accept this connection any more, perhaps because you took it back there.
            Until you connect it again, services cannot use it.
          </Trans>
        </p>
      )}
      {missing.length > 0 && (
        <p className={classes.warning}>
          <Trans>Asked for last time, and not given: {missing.map(wordsFor).join(", ")}</Trans>
        </p>
      )}
      {reconnecting.isError && <ProblemMessage error={reconnecting.error} />}
      <Actions>
        {broken && (
          <Button
            primary
            busy={reconnecting.isPending}
            onClick={() => {
              reconnecting.mutate(scopes);
            }}
          >
            <Trans>Connect again</Trans>
          </Button>
        )}
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          <Trans>Disconnect</Trans>
        </Button>
      </Actions>
      {asking && (
        <DisconnectDialog
          onClose={() => {
            setAsking(false);
          }}
          onDisconnected={onDisconnected}
        />
      )}
    </section>
  );
}
