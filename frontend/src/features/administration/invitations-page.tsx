import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { useKept } from "@/shared/signed-in/use-kept";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import type { InvitationDraft, NewInvitation } from "./api/create-invitation";
import type { Invitation } from "./api/list-invitations";
import { InvitationDialog } from "./invitation-dialog";
import { InvitationLinkDialog } from "./invitation-link-dialog";
import { InvitationList } from "./invitation-list";
import classes from "./invitations-page.module.css";
import { WithdrawDialog } from "./withdraw-dialog";

const EMPTY: InvitationDraft = { email: "", role: "member", days: 7 };

/** The dialogs of the page: of which there is one at a time. */
type Asking =
  | { what: "invite"; draft: InvitationDraft }
  | { what: "link"; made: NewInvitation }
  | { what: "withdraw"; invitation: Invitation }
  | null;

export function InvitationsPage() {
  const { t } = useLingui();
  const { kept, keep } = useKept<InvitationDraft>("invitation");
  const [asking, setAsking] = useState<Asking>(kept && { what: "invite", draft: kept });
  const [done, setDone] = useState<string>();
  const close = () => {
    setAsking(null);
  };

  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Invitations`} />
        <Button
          primary
          onClick={() => {
            setDone(undefined);
            setAsking({ what: "invite", draft: EMPTY });
          }}
        >
          <Trans>Invite somebody</Trans>
        </Button>
      </div>
      <p>
        <Trans>
          An invitation lets one person in, once: whoever signs in with the invited e-mail address,
          confirmed by their provider.
        </Trans>
      </p>
      {done && <DoneNotice>{done}</DoneNotice>}
      <InvitationList
        onWithdraw={(invitation) => {
          setAsking({ what: "withdraw", invitation });
        }}
      />
      {asking?.what === "invite" && (
        <InvitationDialog
          draft={asking.draft}
          onClose={close}
          onMade={(made) => {
            setAsking({ what: "link", made });
          }}
          onLeave={keep}
        />
      )}
      {asking?.what === "link" && <InvitationLinkDialog made={asking.made} onClose={close} />}
      {asking?.what === "withdraw" && (
        <WithdrawDialog
          invitation={asking.invitation}
          onClose={close}
          onDone={() => {
            close();
            setDone(t`The invitation is withdrawn.`);
          }}
        />
      )}
    </>
  );
}
