import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import type { Role } from "./api/list-roles";
import { removeRole } from "./api/remove-role";
import { roleRefusals } from "./refusals";
import { useRoleMutation } from "./use-role-mutation";

interface RemoveRoleDialogProps {
  role: Role;
  onClose: () => void;
  onDone: () => void;
}

export function RemoveRoleDialog({ role, onClose, onDone }: RemoveRoleDialogProps) {
  const { t } = useLingui();
  const { name, people } = role;
  const change = useRoleMutation(() => removeRole(name), onDone);
  return (
    <ConfirmDialog
      title={t`Remove the role “${name}”?`}
      confirm={t`Remove the role`}
      change={change}
      onClose={onClose}
      words={roleRefusals}
    >
      <ul>
        <li>
          <Plural
            value={people}
            _0="Nobody has it at the moment."
            one="# person loses it, at every service within two seconds."
            other="# people lose it, at every service within two seconds."
          />
        </li>
        <li>
          <Trans>Open invitations with this role are withdrawn.</Trans>
        </li>
      </ul>
    </ConfirmDialog>
  );
}
