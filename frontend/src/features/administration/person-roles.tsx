import { Checkbox } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAccount } from "@/shared/session/account-context";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { useKept } from "@/shared/signed-in/use-kept";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import type { Person } from "./api/list-people";
import type { Role } from "./api/list-roles";
import { BeyondMe, lackingFor } from "./beyond-me";
import classes from "./person-page.module.css";
import { RolesDialog } from "./roles-dialog";

interface PersonRolesProps {
  person: Person;
  roles: Role[];
}

const same = (one: string[], other: string[]) =>
  [...one].sort().join() === [...other].sort().join();

/** Give and take roles; nothing is sent before it was said what will happen. */
export function PersonRoles({ person, roles }: PersonRolesProps) {
  const { t } = useLingui();
  const account = useAccount();
  const nameOf = usePermissionNames();
  const { kept, keep } = useKept<string[]>(`roles-of:${person.id}`);
  const [picked, setPicked] = useState(kept);
  const [asking, setAsking] = useState(kept !== null);
  const [done, setDone] = useState(false);
  const chosen = picked ?? person.roles;
  const changed = !same(chosen, person.roles);

  return (
    <section className={classes.card} aria-labelledby="roles">
      <h2 id="roles">
        <Trans>Roles</Trans>
      </h2>
      {done && !changed && <DoneNotice>{t`Their roles are changed.`}</DoneNotice>}
      <BeyondMe held={person.roles} roles={roles}>
        <Checkbox.Group value={chosen} onChange={setPicked} aria-labelledby="roles">
          <div className={classes.roles}>
            {roles.map(({ name, permissions }) => {
              const lacking = lackingFor(account.permissions, [name], roles);
              const allowed = permissions.map(nameOf).join(", ") || t`allows nothing yet`;
              const missing = lacking.map(nameOf).join(", ");
              return (
                <Checkbox
                  key={name}
                  value={name}
                  label={name}
                  disabled={lacking.length > 0}
                  description={missing ? t`Beyond what you may do yourself: ${missing}` : allowed}
                />
              );
            })}
          </div>
        </Checkbox.Group>
        <Actions>
          <Button
            disabled={!changed}
            onClick={() => {
              setAsking(true);
            }}
          >
            <Trans>Change roles…</Trans>
          </Button>
        </Actions>
      </BeyondMe>
      {asking && changed && (
        <RolesDialog
          person={person}
          chosen={chosen}
          roles={roles}
          onClose={() => {
            setAsking(false);
          }}
          onDone={() => {
            setAsking(false);
            setPicked(null);
            setDone(true);
          }}
          onLeave={() => {
            keep(chosen);
          }}
        />
      )}
    </section>
  );
}
