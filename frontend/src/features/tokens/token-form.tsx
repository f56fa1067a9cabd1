import { Checkbox, Stack, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { useAccount } from "@/shared/session/account-context";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { asksToSignInAgain, SignInAgain } from "@/shared/signed-in/sign-in-again";
import { useKept } from "@/shared/signed-in/use-kept";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import buttons from "@/shared/ui/button.module.css";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { createToken } from "./api/create-token";
import { asBody, type Draft, emptyDraft } from "./draft";
import { ExpiryFields } from "./expiry-fields";
import classes from "./tokens.module.css";
import { useDraftProblems } from "./use-draft-problems";

interface TokenFormProps {
  onMade: (made: components["schemas"]["NewToken"]) => void;
}

export function TokenForm({ onMade }: TokenFormProps) {
  const { t } = useLingui();
  const account = useAccount();
  const nameOf = usePermissionNames();
  const { kept, keep } = useKept<Draft>("new-token");
  const [draft, setDraft] = useState(kept ?? emptyDraft);
  const [tried, setTried] = useState(false);
  const making = useMaking(onMade);
  const problems = useDraftProblems(draft, making.error);
  const again = asksToSignInAgain(making.error);

  const change = (changed: Partial<Draft>) => {
    setDraft({ ...draft, ...changed });
  };
  const submit = () => {
    setTried(true);
    if (!problems.blocking) making.mutate(draft);
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {kept && (
        <DoneNotice>
          <Trans>
            Thank you. What you had filled in is here: look at it once more and make it.
          </Trans>
        </DoneNotice>
      )}
      <TextInput
        label={t`Name`}
        description={t`For you, to know it again: which program it is for, and where it runs.`}
        required
        size="md"
        maxLength={100}
        value={draft.name}
        error={problems.name}
        onChange={(event) => {
          change({ name: event.currentTarget.value });
        }}
      />
      <Checkbox.Group
        label={t`What it may do`}
        description={t`Never more than you may yourself at that moment.`}
        required
        size="md"
        value={draft.permissions}
        error={tried && problems.permissions}
        onChange={(permissions) => {
          change({ permissions });
        }}
      >
        <Stack gap="sm" mt="sm">
          {account.permissions.map((permission) => (
            <Checkbox
              key={permission}
              value={permission}
              label={nameOf(permission)}
              description={<code>{permission}</code>}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <ExpiryFields draft={draft} error={tried && problems.expiry} change={change} />
      {again && (
        <SignInAgain
          onLeave={() => {
            keep(draft);
          }}
        />
      )}
      {making.isError && !again && <ProblemMessage error={making.error} />}
      <Actions>
        {!again && (
          <Button primary type="submit" busy={making.isPending}>
            <Trans>Make the token</Trans>
          </Button>
        )}
        <Link to="/app/account/tokens" className={buttons.button}>
          <Trans>Cancel</Trans>
        </Link>
      </Actions>
    </form>
  );
}

function useMaking(onMade: TokenFormProps["onMade"]) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) => createToken(asBody(draft)),
    // The text of the token stays in no cache.
    gcTime: 0,
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: ["account", "tokens"] });
      onMade(made);
    },
  });
}
