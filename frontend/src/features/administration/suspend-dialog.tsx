import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import type { Person } from "./api/list-people";
import { called } from "./called";
import { personRefusals } from "./refusals";
import { useChangePerson } from "./use-change-person";

interface PersonDialogProps {
  person: Person;
  onClose: () => void;
  onDone: () => void;
}

export function SuspendDialog({ person, onClose, onDone }: PersonDialogProps) {
  const { t } = useLingui();
  const name = called(person);
  const change = useChangePerson(person, { status: "suspended" }, onDone);
  return (
    <ConfirmDialog
      title={t`Suspend ${name}?`}
      confirm={t`Suspend`}
      change={change}
      onClose={onClose}
      words={personRefusals}
    >
      <ul>
        <li>
          <Trans>
            They are signed out everywhere within two seconds, and cannot sign in again.
          </Trans>
        </li>
        <li>
          <Trans>Their access tokens are gone for good, also after they are reactivated.</Trans>
        </li>
        <li>
          <Trans>Their data and their roles stay.</Trans>
        </li>
      </ul>
    </ConfirmDialog>
  );
}
