import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { leaving } from "@/shared/session/leaving";
import { sessionEnded } from "@/shared/session/session-ended";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";

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
    <Dialog
      open={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t`Leave without saving?`}
    >
      <p>
        <Trans>What you changed here is not saved yet.</Trans>
      </p>
      <Actions>
        <Button primary onClick={() => blocker.reset?.()}>
          <Trans>Stay here</Trans>
        </Button>
        <Button
          onClick={() => {
            onThrowAway();
            blocker.proceed?.();
          }}
        >
          <Trans>Leave and lose it</Trans>
        </Button>
      </Actions>
    </Dialog>
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
