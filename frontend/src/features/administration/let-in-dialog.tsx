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
  /** The person leaves to sign in again: asked before who holds much is reactivated. */
  onLeave: () => void;
}

/** For who waits, and for who was suspended. */
export function LetInDialog({ person, onClose, onDone, onLeave }: PersonDialogProps) {
  const { t } = useLingui();
  const name = called(person);
  const roles = person.roles.join(", ");
  const back = person.status === "suspended";
  const change = useChangePerson(person, { status: "active" }, onDone);
  return (
    <ConfirmDialog
      title={back ? t`Reactivate ${name}?` : t`Let ${name} in?`}
      confirm={back ? t`Reactivate` : t`Let in`}
      change={change}
      onClose={onClose}
      words={personRefusals}
      onLeave={onLeave}
    >
      <ul>
        <li>
          {back ? (
            <Trans>They can sign in again. Access tokens of before do not come back.</Trans>
          ) : (
            <Trans>It counts at every service within two seconds.</Trans>
          )}
        </li>
        <li>
          {roles || back ? (
            <Trans>Their roles: {roles || t`none yet`}.</Trans>
          ) : (
            <Trans>They get the role “member”, because they have none yet.</Trans>
          )}
        </li>
        {!person.email_verified && (
          <li>
            <Trans>
              Their provider has not confirmed the e-mail address: it may belong to somebody else.
            </Trans>
          </li>
        )}
      </ul>
    </ConfirmDialog>
  );
}
