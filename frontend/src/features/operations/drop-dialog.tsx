import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { dropLetter } from "./api/drop-letter";
import type { DeadLetter } from "./api/list-dead-letters";
import { letterRefusals } from "./refusals";
import { useDecision } from "./use-decision";

interface DropDialogProps {
  service: string;
  letter: DeadLetter;
  onClose: () => void;
  onDone: () => void;
}

export function DropDialog({ service, letter, onClose, onDone }: DropDialogProps) {
  const { t } = useLingui();
  const change = useDecision(() => dropLetter(service, letter.id), onDone);
  const name = letter.event_type ?? t`Not an event`;
  return (
    <ConfirmDialog
      title={t`Drop this dead letter?`}
      confirm={t`Drop`}
      change={change}
      onClose={onClose}
      words={letterRefusals}
    >
      <p>
        <Trans>
          <code>{name}</code> will never be handled by {letter.queue}, and cannot be had back. That
          you dropped it is in the audit.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
