import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import type { Invitation } from "./api/list-invitations";
import { withdrawInvitation } from "./api/withdraw-invitation";
import { invitationRefusals } from "./refusals";
import { useInvitationMutation } from "./use-invitation-mutation";

interface WithdrawDialogProps {
  invitation: Invitation;
  onClose: () => void;
  onDone: () => void;
}

export function WithdrawDialog({ invitation, onClose, onDone }: WithdrawDialogProps) {
  const { t } = useLingui();
  const { id, email } = invitation;
  const change = useInvitationMutation(() => withdrawInvitation(id), onDone);
  return (
    <ConfirmDialog
      title={t`Withdraw the invitation of ${email}?`}
      confirm={t`Withdraw`}
      change={change}
      onClose={onClose}
      words={invitationRefusals}
    >
      <p>
        <Trans>Its link stops working at once, and cannot be had again. You can invite anew.</Trans>
      </p>
    </ConfirmDialog>
  );
}
