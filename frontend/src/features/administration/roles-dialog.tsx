import { Trans, useLingui } from "@lingui/react/macro";
import { useAccount } from "@/shared/session/account-context";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import type { Person } from "./api/list-people";
import type { Role } from "./api/list-roles";
import { called } from "./called";
import { personRefusals } from "./refusals";
import { useChangePerson } from "./use-change-person";

interface RolesDialogProps {
  person: Person;
  chosen: string[];
  roles: Role[];
  onClose: () => void;
  onDone: () => void;
  onLeave: () => void;
}

const allowedBy = (held: string[], roles: Role[]): Set<string> =>
  new Set(
    roles.filter(({ name }) => held.includes(name)).flatMap(({ permissions }) => permissions),
  );

/** What is given, what is taken, and what that means. */
export function RolesDialog({ person, chosen, roles, onClose, onDone, onLeave }: RolesDialogProps) {
  const { t } = useLingui();
  const { id: me } = useAccount();
  const nameOf = usePermissionNames();
  const change = useChangePerson(person, { roles: chosen }, onDone);

  const name = called(person);
  const given = chosen.filter((role) => !person.roles.includes(role)).join(", ");
  const taken = person.roles.filter((role) => !chosen.includes(role)).join(", ");
  const [before, after] = [allowedBy(person.roles, roles), allowedBy(chosen, roles)];
  const gains = [...after].filter((permission) => !before.has(permission));
  const losses = [...before].filter((permission) => !after.has(permission));
  const mayNow = gains.map(nameOf).join(", ");
  const mayNoLonger = losses.map(nameOf).join(", ");

  return (
    <ConfirmDialog
      title={t`Change the roles of ${name}?`}
      confirm={t`Change roles`}
      change={change}
      onClose={onClose}
      words={personRefusals}
      onLeave={onLeave}
    >
      <ul>
        {given && (
          <li>
            <Trans>Given: {given}.</Trans>{" "}
            {mayNow && <Trans>They may then do this, too: {mayNow}.</Trans>}
          </li>
        )}
        {taken && (
          <li>
            <Trans>Taken: {taken}.</Trans>{" "}
            {mayNoLonger && <Trans>They may no longer do this: {mayNoLonger}.</Trans>}
          </li>
        )}
        <li>
          <Trans>It counts at every service within two seconds.</Trans>
        </li>
        {person.id === me && losses.includes("users:manage") && (
          <li>
            <Trans>This is you: the pages for people close, and you cannot take it back.</Trans>
          </li>
        )}
      </ul>
    </ConfirmDialog>
  );
}
