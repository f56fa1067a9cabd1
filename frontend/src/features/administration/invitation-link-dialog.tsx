import { TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { When } from "@/shared/ui/when";
import type { NewInvitation } from "./api/create-invitation";

/** The only moment at which the link is seen. */
export function InvitationLinkDialog({
  made,
  onClose,
}: {
  made: NewInvitation;
  onClose: () => void;
}) {
  const { t } = useLingui();
  return (
    <Dialog open onClose={onClose} title={t`Give this link to ${made.email}`}>
      <p role="status">
        <Trans>
          It is shown this once: Zaguán keeps only a fingerprint of it. It works once, until{" "}
          <When time={made.expires_at} />, for who signs in with this address.
        </Trans>
      </p>
      <TextInput
        label={t`Link`}
        readOnly
        spellCheck={false}
        value={made.link}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <Actions>
        <CopyButton primary text={made.link}>
          <Trans>Copy the link</Trans>
        </CopyButton>
        <Button onClick={onClose}>
          <Trans>I have it</Trans>
        </Button>
      </Actions>
    </Dialog>
  );
}
