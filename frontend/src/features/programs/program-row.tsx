import { Trans, useLingui } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Button } from "@/shared/ui/button";
import { When } from "@/shared/ui/when";
import type { Program } from "./programs-page";

interface ProgramRowProps {
  program: Program;
  busy: boolean;
  onSignOut: () => void;
}

export function ProgramRow({ program, busy, onSignOut }: ProgramRowProps) {
  const { t } = useLingui();
  const nameOf = usePermissionNames();
  const { client, user_agent: machine, address } = program;
  return (
    <li className={rows.row}>
      <div>
        <h2>{client}</h2>
        <ul className={rows.facts}>
          {program.permissions.map((permission) => (
            <li key={permission}>{nameOf(permission)}</li>
          ))}
        </ul>
        <ul className={rows.facts}>
          {machine && <li>{machine}</li>}
          {address && (
            <li>
              <Trans>From {address}</Trans>
            </li>
          )}
          <li>
            <Trans>
              Signed in <When time={program.created_at} />
            </Trans>
          </li>
          <li>
            {program.last_used_at ? (
              <Trans>
                Last used <When time={program.last_used_at} />
              </Trans>
            ) : (
              <Trans>Never used</Trans>
            )}
          </li>
        </ul>
      </div>
      <Button small busy={busy} aria-label={t`Sign out ${client}`} onClick={onSignOut}>
        <Trans>Sign out</Trans>
      </Button>
    </li>
  );
}
