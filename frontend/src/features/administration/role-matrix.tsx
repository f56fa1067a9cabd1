import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Button } from "@/shared/ui/button";
import type { Role } from "./api/list-roles";
import classes from "./roles-page.module.css";

interface RoleMatrixProps {
  roles: Role[];
  permissions: components["schemas"]["Permission"][];
  onChange: (role: Role) => void;
  onRemove: (role: Role) => void;
}

/** Permissions down, roles across. */
export function RoleMatrix({ roles, permissions, onChange, onRemove }: RoleMatrixProps) {
  const { t } = useLingui();
  const nameOf = usePermissionNames();
  return (
    // Wider than a phone: it is scrolled by itself, with the keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="region" aria-labelledby="matrix" tabIndex={0} className={classes.scroll}>
      <table className={classes.matrix}>
        <caption id="matrix" className="visually-hidden">
          <Trans>What each role allows</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Permission</Trans>
            </th>
            {roles.map((role) => (
              <th key={role.name} scope="col">
                <RoleHead role={role} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map(({ name }) => (
            <tr key={name}>
              <th scope="row">
                {nameOf(name)} <code>{name}</code>
              </th>
              {roles.map((role) => (
                <Cell key={role.name} allowed={role.permissions.includes(name)} />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t`Change`}</th>
            {roles.map((role) => (
              <td key={role.name}>
                <RoleTools role={role} onChange={onChange} onRemove={onRemove} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function RoleHead({ role: { name, people } }: { role: Role }) {
  return (
    <>
      {name}
      <Link to={`/app/admin/people?role=${name}`} className={classes.people}>
        <Plural value={people} _0="nobody" one="# person" other="# people" />
      </Link>
    </>
  );
}

function Cell({ allowed }: { allowed: boolean }) {
  return (
    <td className={allowed ? classes.yes : classes.no}>
      <span aria-hidden="true">{allowed ? "✓" : "–"}</span>
      <span className="visually-hidden">
        {allowed ? <Trans>allowed</Trans> : <Trans>no</Trans>}
      </span>
    </td>
  );
}

function RoleTools({
  role,
  onChange,
  onRemove,
}: { role: Role } & Pick<RoleMatrixProps, "onChange" | "onRemove">) {
  const { t } = useLingui();
  const account = useAccount();
  const { name, built_in: builtIn, permissions } = role;
  if (builtIn) return <Trans>built in</Trans>;
  if (!permissions.every((permission) => may(account, permission)))
    return <Trans>beyond what you may do</Trans>;
  return (
    <div className={classes.tools}>
      <Button
        small
        aria-label={t`Change the role ${name}`}
        onClick={() => {
          onChange(role);
        }}
      >
        <Trans>Change</Trans>
      </Button>
      <Button
        small
        aria-label={t`Remove the role ${name}`}
        onClick={() => {
          onRemove(role);
        }}
      >
        <Trans>Remove</Trans>
      </Button>
    </div>
  );
}
