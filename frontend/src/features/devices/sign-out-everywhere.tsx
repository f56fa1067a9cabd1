import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { leave } from "@/shared/session/sign-out";
import { Button } from "@/shared/ui/button";
import { endAllSessions } from "./api/end-all-sessions";

export function SignOutEverywhere() {
  const { t } = useLingui();
  const { id } = useAccount();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const leaving = useMutation({ mutationFn: () => leave(queryClient, id, endAllSessions) });

  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        <Trans>Sign out everywhere</Trans>
      </Button>
      {asking && (
        <ConfirmDialog
          title={t`Sign out everywhere?`}
          confirm={t`Sign out everywhere`}
          change={{
            ...leaving,
            mutate: () => {
              leaving.mutate();
            },
          }}
          onClose={() => {
            setAsking(false);
          }}
        >
          <WhatHappens unsaved={drafts.of(id).length > 0} />
        </ConfirmDialog>
      )}
    </>
  );
}

function WhatHappens({ unsaved }: { unsaved: boolean }) {
  return (
    <ul>
      <li>
        <Trans>
          Every browser is signed out within two seconds, this one too. You can sign in again at
          once.
        </Trans>
      </li>
      <li>
        <Trans>
          Programs that you connected are signed out, too. Access tokens go on working: revoke them
          on their own page.
        </Trans>
      </li>
      {unsaved && (
        <li>
          <Trans>Text that you typed in this browser and did not save is removed for good.</Trans>
        </li>
      )}
    </ul>
  );
}
