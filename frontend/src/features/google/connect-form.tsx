import { Checkbox, Stack } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import rows from "@/shared/signed-in/rows.module.css";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./google.module.css";
import type { Connection } from "./google-page";
import { useConnecting } from "./use-connecting";
import { useScopeWords } from "./use-scope-words";

/** What is not connected yet, to choose from. */
export function ConnectForm({ connection }: { connection: Connection }) {
  const { t } = useLingui();
  const wordsFor = useScopeWords(connection);
  const [chosen, setChosen] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const connecting = useConnecting();
  const left = connection.offered.filter(({ name }) => !connection.scopes.includes(name));

  if (connection.offered.length === 0)
    return (
      <p className={`${rows.rows} ${rows.empty}`}>
        <Trans>Nothing of Google can be connected here.</Trans>
      </p>
    );
  if (left.length === 0) return null;
  return (
    <form
      className={classes.card}
      aria-labelledby="connect"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (chosen.length > 0) connecting.mutate(chosen);
      }}
    >
      <h2 id="connect">
        {connection.connected ? <Trans>Connect more</Trans> : <Trans>Connect Google</Trans>}
      </h2>
      <Checkbox.Group
        label={t`What a service may do for you`}
        description={t`Google asks you once more, on its own page, and you can leave out there what you like.`}
        size="md"
        value={chosen}
        error={tried && chosen.length === 0 && t`Choose at least one.`}
        onChange={setChosen}
      >
        <Stack gap="sm" mt="sm">
          {left.map(({ name, services }) => (
            <Checkbox
              key={name}
              value={name}
              label={wordsFor(name)}
              description={
                services.length > 0
                  ? t`For: ${services.join(", ")}`
                  : t`No service asks for it yet.`
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {connecting.isError && <ProblemMessage error={connecting.error} />}
      <Actions>
        <Button primary type="submit" busy={connecting.isPending}>
          <Trans>Go on at Google</Trans>
        </Button>
      </Actions>
    </form>
  );
}
