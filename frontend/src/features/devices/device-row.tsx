import { Trans, useLingui } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import { useDeviceWords } from "@/shared/signed-in/use-device-words";
import { Button } from "@/shared/ui/button";
import { When } from "@/shared/ui/when";
import type { Session } from "./devices-page";

interface DeviceRowProps {
  session: Session;
  busy: boolean;
  onSignOut: () => void;
}

export function DeviceRow({ session, busy, onSignOut }: DeviceRowProps) {
  const { t } = useLingui();
  const device = useDeviceWords()(session.user_agent);
  return (
    <li className={rows.row}>
      <div>
        <h2>
          {device}
          {session.current && (
            <span className={rows.badge}>
              <Trans>This one</Trans>
            </span>
          )}
        </h2>
        <ul className={rows.facts}>
          <li>
            <Trans>
              Signed in <When time={session.created_at} />
            </Trans>
          </li>
          <li>
            <Trans>
              Last used <When time={session.last_used_at} />
            </Trans>
          </li>
          {session.address && (
            <li>
              <Trans>From {session.address}</Trans>
            </li>
          )}
        </ul>
      </div>
      {!session.current && (
        <Button small busy={busy} aria-label={t`Sign out ${device}`} onClick={onSignOut}>
          <Trans>Sign out</Trans>
        </Button>
      )}
    </li>
  );
}
