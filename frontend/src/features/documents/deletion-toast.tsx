import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useFocusWithin, useHover, useMergedRef } from "@mantine/hooks";
import { useEffect } from "react";
import classes from "@/shared/signed-in/toasts.module.css";
import { useProblemWords } from "@/shared/ui/problem-words";
import { type Deletion, takeBack } from "./deletions";
import { Button } from "@/shared/ui/button";

export const TIME_TO_UNDO = 8000; // milliseconds

interface DeletionToastProps {
  deletion: Deletion;
  carryOut: (deletion: Deletion) => Promise<void>;
}

export function DeletionToast({ deletion, carryOut }: DeletionToastProps) {
  const { id, title } = deletion;
  const { mutate, isPending, isError, error } = useMutation({ mutationFn: carryOut });
  const words = useProblemWords(error);
  // Time stands still for who points at the toast or reaches it by keyboard.
  const { ref: hover, hovered } = useHover<HTMLDivElement>();
  const { ref: focus, focused } = useFocusWithin<HTMLDivElement>();
  const held = hovered || focused;

  useEffect(() => {
    if (held || isError) return undefined;
    const timer = setTimeout(() => {
      mutate(deletion);
    }, TIME_TO_UNDO);
    return () => {
      clearTimeout(timer);
    };
  }, [held, isError, mutate, deletion]);

  return (
    <div ref={useMergedRef(hover, focus)} className={classes.toast}>
      {isError ? (
        <span>
          <Trans>“{title}” is still there.</Trans> {words.advice}
        </span>
      ) : (
        <Trans>“{title}” is deleted.</Trans>
      )}
      <Button
        small
        disabled={isPending}
        onClick={() => {
          takeBack(id);
        }}
      >
        {isError ? <Trans>Close</Trans> : <Trans>Undo</Trans>}
      </Button>
    </div>
  );
}
