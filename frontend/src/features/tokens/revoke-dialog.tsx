import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isProblem } from "@/shared/api/problem";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { When } from "@/shared/ui/when";
import { revokeToken } from "./api/revoke-token";
import type { Token } from "./tokens-page";

interface RevokeDialogProps {
  token: Token;
  onClose: () => void;
  onRevoked: () => void;
}

export function RevokeDialog({ token, onClose, onRevoked }: RevokeDialogProps) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const { name } = token;
  const revoking = useMutation({
    mutationFn: async () => {
      await revokeToken(token.id).catch((error: unknown) => {
        // Revoked in another tab meanwhile, which is what was asked for.
        if (!isProblem(error, 404)) throw error;
      });
      await queryClient.invalidateQueries({ queryKey: ["account", "tokens"] });
    },
    onSuccess: onRevoked,
  });

  return (
    <ConfirmDialog
      title={t`Revoke “${name}”?`}
      confirm={t`Revoke it`}
      change={{
        ...revoking,
        mutate: () => {
          revoking.mutate();
        },
      }}
      onClose={onClose}
    >
      <p>
        <Trans>
          Programs that show it are refused within two seconds, everywhere. It cannot be brought
          back; you can make another one.
        </Trans>
      </p>
      <p>
        {token.last_used_at ? (
          <Trans>
            It was last used <When time={token.last_used_at} />.
          </Trans>
        ) : (
          <Trans>It was never used.</Trans>
        )}
      </p>
    </ConfirmDialog>
  );
}
