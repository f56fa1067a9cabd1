import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { Button } from "@/shared/ui/button";
import { When } from "@/shared/ui/when";
import type { Invitation } from "./api/list-invitations";
import { personQuery } from "./api/read-person";
import badges from "./badges.module.css";
import { called } from "./called";
import { type InvitationState, stateOf } from "./invitation-state";

const OPERATOR = "operator"; // who invited, when it was done at the command line

interface InvitationRowProps {
  invitation: Invitation;
  onWithdraw: (invitation: Invitation) => void;
}

export function InvitationRow({ invitation, onWithdraw }: InvitationRowProps) {
  const { t } = useLingui();
  const { email, role, accepted_at: acceptedAt } = invitation;
  const state = stateOf(invitation);
  const states: Record<InvitationState, string> = {
    open: t`Open`,
    accepted: t`Accepted`,
    expired: t`Expired`,
  };
  return (
    <li className={rows.row}>
      <div>
        <h2>{email}</h2>
        <ul className={rows.facts}>
          <li>
            <span className={`${badges.badge} ${badges[state]}`}>{states[state]}</span>
          </li>
          <li>
            <Trans>
              Role: <span className={badges.role}>{role}</span>
            </Trans>
          </li>
          <li>
            {invitation.invited_by === OPERATOR ? (
              <Trans>invited at the command line</Trans>
            ) : (
              <Host id={invitation.invited_by} />
            )}
          </li>
          <li>
            {acceptedAt ? (
              <Trans>
                accepted <When time={acceptedAt} />
              </Trans>
            ) : (
              <Trans>
                until <When time={invitation.expires_at} />
              </Trans>
            )}
          </li>
        </ul>
      </div>
      {!acceptedAt && (
        <Button
          small
          aria-label={t`Withdraw the invitation of ${email}`}
          onClick={() => {
            onWithdraw(invitation);
          }}
        >
          {state === "open" ? <Trans>Withdraw</Trans> : <Trans>Remove</Trans>}
        </Button>
      )}
    </li>
  );
}

/** The invitation names who invited by their id; whoever is gone keeps it. */
function Host({ id }: { id: string }) {
  const { data: host } = useQuery(personQuery(id));
  const name = host ? called(host) : id;
  return (
    <Trans>
      invited by <Link to={`/app/admin/people/${id}`}>{name}</Link>
    </Trans>
  );
}
