import { Button, Modal } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { signOut } from "@/shared/session/sign-out";
import { Actions } from "@/shared/ui/actions";
import { ProblemMessage } from "@/shared/ui/problem-message";

/** Signing out removes unsaved text from this browser, so it asks first where there is any. */
export function SignOutButton() {
  const { t } = useLingui();
  const { id } = useAccount();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const leave = useMutation({ mutationFn: () => signOut(queryClient, id) });

  return (
    <>
      <Button
        variant="default"
        loading={leave.isPending}
        onClick={() => {
          if (drafts.of(id).length > 0) setAsking(true);
          else leave.mutate();
        }}
      >
        <Trans>Sign out</Trans>
      </Button>
      {leave.isError && <ProblemMessage error={leave.error} />}
      <Modal
        opened={asking}
        onClose={() => {
          setAsking(false);
        }}
        title={t`There is unsaved text`}
        closeButtonProps={{ "aria-label": t`Close` }}
        centered
      >
        <p>
          <Trans>
            This browser keeps text that you typed and did not save. Signing out removes it for
            good.
          </Trans>
        </p>
        <Actions>
          <Button
            variant="default"
            onClick={() => {
              setAsking(false);
            }}
          >
            <Trans>Stay signed in</Trans>
          </Button>
          <Button
            color="clay"
            onClick={() => {
              setAsking(false);
              leave.mutate();
            }}
          >
            <Trans>Remove it and sign out</Trans>
          </Button>
        </Actions>
      </Modal>
    </>
  );
}
