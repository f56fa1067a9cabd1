import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";
import { acceptInvitation } from "./api/accept-invitation";
import { InvitationAccepted } from "./invitation-accepted";
import { InvitationRefused } from "./invitation-refused";
import classes from "./invitation.module.css";

/** The page that the link of an invitation opens. It works once, so it is used on a press only. */
export function InvitationPage() {
  const { t } = useLingui();
  const { code = "" } = useParams();
  const { email } = useAccount();
  const queryClient = useQueryClient();
  const accepting = useMutation({
    mutationFn: async () => {
      await acceptInvitation(code);
      // What this person may do has changed; the page says it only when it is so.
      await queryClient.query({ ...accountQuery, staleTime: 0 });
    },
  });

  if (accepting.isSuccess) return <InvitationAccepted />;
  return (
    <div className={classes.page}>
      <Logo size={72} />
      <PageHeading title={t`You are invited`} />
      <p>
        <Trans>
          Somebody opens the rooms of this house to you. You are signed in as{" "}
          <strong>{email ?? "–"}</strong>; the invitation has to be for this address.
        </Trans>
      </p>
      {accepting.isError && (
        <InvitationRefused
          error={accepting.error}
          retry={() => {
            accepting.mutate();
          }}
        />
      )}
      {!accepting.isError && (
        <Actions>
          <Button
            primary
            busy={accepting.isPending}
            onClick={() => {
              accepting.mutate();
            }}
          >
            <Trans>Accept the invitation</Trans>
          </Button>
        </Actions>
      )}
    </div>
  );
}
