import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { signOut } from "@/shared/session/sign-out";
import { Actions } from "@/shared/ui/actions";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";

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
        busy={leave.isPending}
        onClick={() => {
          if (drafts.of(id).length > 0) setAsking(true);
          else leave.mutate();
        }}
      >
        <Trans>Sign out</Trans>
      </Button>
      {leave.isError && <ProblemMessage error={leave.error} />}
      <Dialog
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
        title={t`There is unsaved text`}
      >
        <p>
          <Trans>
            This browser keeps text that you typed and did not save. Signing out removes it for
            good.
          </Trans>
        </p>
        <Actions>
          <Button
            onClick={() => {
              setAsking(false);
            }}
          >
            <Trans>Stay signed in</Trans>
          </Button>
          <Button
            onClick={() => {
              setAsking(false);
              leave.mutate();
            }}
          >
            <Trans>Remove it and sign out</Trans>
          </Button>
        </Actions>
      </Dialog>
    </>
  );
}
