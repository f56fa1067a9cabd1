import { Trans } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import type { Invitation } from "./api/list-invitations";
import { InvitationRow } from "./invitation-row";
import { useInvitations } from "./use-invitations";

export function InvitationList({ onWithdraw }: { onWithdraw: (invitation: Invitation) => void }) {
  const found = useInvitations();
  const invitations = found.data ?? [];
  return (
    <>
      {found.isPending && <Waiting />}
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && invitations.length === 0 && (
        <p className={rows.empty}>
          <Trans>Nobody is invited yet.</Trans>
        </p>
      )}
      {invitations.length > 0 && (
        <ul className={rows.rows} aria-busy={found.isFetching}>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onWithdraw={onWithdraw} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <p>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </p>
      )}
    </>
  );
}
