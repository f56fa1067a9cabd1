import { Button, Modal } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { leaving } from "@/shared/session/leaving";
import { sessionEnded } from "@/shared/session/session-ended";
import { Actions } from "@/shared/ui/actions";

interface LeaveDialogProps {
  /** Whether text would be lost now. */
  mustAsk: () => boolean;
  dirty: boolean;
  onThrowAway: () => void;
}

/** Holds back who leaves a text that is not saved: inside the app by a dialog, else by the browser. */
export function LeaveDialog({ mustAsk, dirty, onThrowAway }: LeaveDialogProps) {
  const { t } = useLingui();
  const blocker = useBlocker(() => mustAsk() && !leaving.get());
  useBrowserGuard(dirty);

  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t`Leave without saving?`}
      closeButtonProps={{ "aria-label": t`Close` }}
      centered
    >
      <p>
        <Trans>What you changed here is not saved yet.</Trans>
      </p>
      <Actions>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          <Trans>Stay here</Trans>
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onThrowAway();
            blocker.proceed?.();
          }}
        >
          <Trans>Leave and lose it</Trans>
        </Button>
      </Actions>
    </Modal>
  );
}

function useBrowserGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      // Who signs in again comes back, and the draft is kept for them.
      if (!leaving.get() && !sessionEnded.get()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
    };
  }, [dirty]);
}
