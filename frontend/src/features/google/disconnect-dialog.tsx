import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/shared/api/backend.gen";
import { isProblem } from "@/shared/api/problem";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { disconnect } from "./api/disconnect";
import { connectionKey } from "./google-page";

interface DisconnectDialogProps {
  onClose: () => void;
  onDisconnected: (ended: components["schemas"]["Disconnected"]) => void;
}

export function DisconnectDialog({ onClose, onDisconnected }: DisconnectDialogProps) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const ending = useMutation({
    mutationFn: async () => {
      const ended = await disconnect().catch((error: unknown) => {
        // Disconnected in another tab meanwhile, which is what was asked for.
        if (!isProblem(error, 404)) throw error;
        return { revoked: true, remove_at: null };
      });
      await queryClient.invalidateQueries({ queryKey: connectionKey });
      return ended;
    },
    onSuccess: onDisconnected,
  });

  return (
    <ConfirmDialog
      title={t`Disconnect Google?`}
      confirm={t`Disconnect`}
      change={{
        ...ending,
        mutate: () => {
          ending.mutate();
        },
      }}
      onClose={onClose}
    >
      <p>
        <Trans>
          Services can do nothing for you at Google any more. What is kept here for that is deleted,
          and Google is told. You still sign in as before, and can connect it again.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
