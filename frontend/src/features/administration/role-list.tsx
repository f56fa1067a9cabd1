import { Trans, useLingui } from "@lingui/react/macro";
import classes from "./badges.module.css";

export function RoleList({ roles }: { roles: string[] }) {
  const { t } = useLingui();
  if (roles.length === 0) return <Trans>without a role</Trans>;
  return (
    <ul aria-label={t`Roles`} className={classes.roles}>
      {roles.map((role) => (
        <li key={role} className={classes.role}>
          {role}
        </li>
      ))}
    </ul>
  );
}
