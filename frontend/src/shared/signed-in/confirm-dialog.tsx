import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";
import { asksToSignInAgain, SignInAgain } from "./sign-in-again";

interface ConfirmDialogProps {
  title: string;
  /** What will happen, in words. */
  children: ReactNode;
  /** What the button does: "Suspend", never "OK". */
  confirm: string;
  change: { mutate: () => void; isPending: boolean; error: Error | null };
  onClose: () => void;
  /** Whether the person may press yet. */
  ready?: boolean;
  /** What a refusal means here, where the general words do not say it. */
  words?: ProblemWords;
  /** Called when the person leaves to sign in again. */
  onLeave?: () => void;
}

/** Says what will happen, does it on the second press, and stays open where it was refused. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  change,
  onClose,
  ready = true,
  words,
  onLeave,
}: ConfirmDialogProps) {
  const again = asksToSignInAgain(change.error);
  return (
    <Dialog open onClose={onClose} title={title}>
      {children}
      {again && <SignInAgain onLeave={() => onLeave?.()} />}
      {change.error && !again && <ProblemMessage error={change.error} words={words} />}
      <Actions>
        {!again && (
          <Button
            primary
            busy={change.isPending}
            disabled={!ready}
            onClick={() => {
              change.mutate();
            }}
          >
            {confirm}
          </Button>
        )}
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </Actions>
    </Dialog>
  );
}
