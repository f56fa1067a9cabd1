import { NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { useAccount } from "@/shared/session/account-context";
import { asksToSignInAgain, SignInAgain } from "@/shared/signed-in/sign-in-again";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ProblemMessage } from "@/shared/ui/problem-message";
import {
  createInvitation,
  type InvitationDraft,
  type NewInvitation,
} from "./api/create-invitation";
import { rolesQuery } from "./api/list-roles";
import { lackingFor } from "./beyond-me";
import classes from "./invitations-page.module.css";
import { invitationRefusals } from "./refusals";
import { useInvitationMutation } from "./use-invitation-mutation";

interface InvitationDialogProps {
  draft: InvitationDraft;
  onClose: () => void;
  onMade: (made: NewInvitation) => void;
  /** The person leaves to sign in again. */
  onLeave: (draft: InvitationDraft) => void;
}

const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const DAYS = [1, 3, 7, 14, 30, 90];

export function InvitationDialog({ draft, onClose, onMade, onLeave }: InvitationDialogProps) {
  const { i18n, t } = useLingui();
  const { permissions: mine } = useAccount();
  const nameOf = usePermissionNames();
  const [invitation, setInvitation] = useState(draft);
  const [checked, setChecked] = useState(false);
  const { mutate, isPending, error } = useInvitationMutation(
    () => createInvitation(invitation),
    onMade,
  );
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const offered = roles.filter(({ name }) => lackingFor(mine, [name], roles).length === 0);
  const allowed = roles.find(({ name }) => name === invitation.role)?.permissions ?? [];
  const allows = allowed.map(nameOf).join(", ") || t`nothing yet`;

  const wrongAddress = !ADDRESS.test(invitation.email.trim());
  const refused = error instanceof Problem && error.fields.has("/email");
  const again = asksToSignInAgain(error);

  return (
    <Dialog open onClose={onClose} title={t`Invite somebody`}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!wrongAddress) mutate();
        }}
      >
        <TextInput
          type="email"
          autoComplete="off"
          label={t`E-mail address`}
          error={((checked && wrongAddress) || refused) && t`Give one whole e-mail address.`}
          maxLength={254}
          value={invitation.email}
          onChange={(event) => {
            setInvitation({ ...invitation, email: event.currentTarget.value });
          }}
        />
        <NativeSelect
          label={t`Role`}
          description={t`It allows: ${allows}`}
          inputWrapperOrder={["label", "input", "description"]}
          value={invitation.role}
          data={offered.length > 0 ? offered.map(({ name }) => name) : [invitation.role]}
          onChange={(event) => {
            setInvitation({ ...invitation, role: event.currentTarget.value });
          }}
        />
        <NativeSelect
          label={t`The link works for`}
          value={String(invitation.days)}
          data={DAYS.map((days) => ({
            value: String(days),
            label: new Intl.NumberFormat(i18n.locale, {
              style: "unit",
              unit: "day",
              unitDisplay: "long",
            }).format(days),
          }))}
          onChange={(event) => {
            setInvitation({ ...invitation, days: Number(event.currentTarget.value) });
          }}
        />
        <p>
          <Trans>
            Zaguán sends no mail: you get a link, and give it to the person yourself. It works once.
          </Trans>
        </p>
        {again && (
          <SignInAgain
            onLeave={() => {
              onLeave(invitation);
            }}
          />
        )}
        {error && !again && !refused && <ProblemMessage error={error} words={invitationRefusals} />}
        <Actions>
          {!again && (
            <Button type="submit" primary busy={isPending}>
              <Trans>Make the link</Trans>
            </Button>
          )}
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
