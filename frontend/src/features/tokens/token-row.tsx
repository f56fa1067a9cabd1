import { Trans, useLingui } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Button } from "@/shared/ui/button";
import { When } from "@/shared/ui/when";
import type { Token } from "./tokens-page";

export const hasExpired = ({ expires_at: end }: Token): boolean =>
  end !== null && Date.parse(end) <= Date.now();

export function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useLingui();
  const nameOf = usePermissionNames();
  const { name } = token;
  return (
    <li className={rows.row}>
      <div>
        <h2>
          {name}
          {hasExpired(token) && (
            <span className={`${rows.badge} ${rows.warning}`}>
              <Trans>Expired</Trans>
            </span>
          )}
        </h2>
        <ul className={rows.facts}>
          {token.permissions.map((permission) => (
            <li key={permission}>{nameOf(permission)}</li>
          ))}
        </ul>
        <ul className={rows.facts}>
          <li>
            <Trans>
              Made <When time={token.created_at} />
            </Trans>
          </li>
          <li>
            {token.last_used_at ? (
              <Trans>
                Last used <When time={token.last_used_at} />
              </Trans>
            ) : (
              <Trans>Never used</Trans>
            )}
          </li>
          <li>
            <Expiry token={token} />
          </li>
        </ul>
      </div>
      <Button small aria-label={t`Revoke ${name}`} onClick={onRevoke}>
        <Trans>Revoke</Trans>
      </Button>
    </li>
  );
}

function Expiry({ token }: { token: Token }) {
  if (token.expires_at === null) return <Trans>Does not expire</Trans>;
  const end = <When time={token.expires_at} />;
  return hasExpired(token) ? <Trans>Expired {end}</Trans> : <Trans>Expires {end}</Trans>;
}
