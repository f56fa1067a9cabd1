import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useAccount } from "@/shared/session/account-context";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import type { Role } from "./api/list-roles";

/** What these roles allow and I may not do myself: whoever holds it is not mine to change. */
export function lackingFor(mine: string[], held: string[], roles: Role[]): string[] {
  const theirs = roles.filter(({ name }) => held.includes(name));
  return [...new Set(theirs.flatMap(({ permissions }) => permissions))].filter(
    (permission) => !mine.includes(permission),
  );
}

interface BeyondMeProps {
  held: string[];
  roles: Role[];
  children: ReactNode;
}

/** The children, or why they are not offered. */
export function BeyondMe({ held, roles, children }: BeyondMeProps) {
  const { permissions } = useAccount();
  const nameOf = usePermissionNames();
  const lacking = lackingFor(permissions, held, roles).map(nameOf).join(", ");
  if (!lacking) return children;
  return (
    <p>
      <Trans>
        This person may do what you may not ({lacking}). Nobody changes who holds more than they do.
      </Trans>
    </p>
  );
}
