import { msg } from "@lingui/core/macro";
import { TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import type { ProblemWords } from "@/shared/ui/problem-words";
import { deleteAccount } from "./api/delete-account";

const words: ProblemWords = {
  409: {
    title: msg`You are the last administrator`,
    advice: msg`Make somebody else an administrator first, so that the house is not left without one.`,
  },
};

interface DeleteDialogProps {
  typedBefore: string;
  onLeave: (typed: string) => void;
  onClose: () => void;
}

/** A second question that cannot be answered by accident. */
export function DeleteDialog({ typedBefore, onLeave, onClose }: DeleteDialogProps) {
  const { t } = useLingui();
  const { email } = useAccount();
  const [typed, setTyped] = useState(typedBefore);
  const deleting = useDeleting();
  const wanted = email ?? t`delete`;

  return (
    <ConfirmDialog
      title={t`Delete the account for good?`}
      confirm={t`Delete it for good`}
      ready={typed.trim().toLowerCase() === wanted.toLowerCase()}
      change={{
        ...deleting,
        mutate: () => {
          deleting.mutate();
        },
      }}
      words={words}
      onClose={onClose}
      onLeave={() => {
        onLeave(typed);
      }}
    >
      <ul>
        <li>
          <Trans>
            Your documents, access tokens, connected programs and your profile are erased at every
            service. It begins at once, takes about two minutes, and cannot be stopped.
          </Trans>
        </li>
        <li>
          <Trans>Every other device and program is signed out now, this one in the end.</Trans>
        </li>
        <li>
          <Trans>
            The log of what happened keeps its entries, without your name and e-mail address. If you
            sign in afterwards, you begin anew.
          </Trans>
        </li>
      </ul>
      <TextInput
        label={t`To confirm, type: ${wanted}`}
        size="md"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
    </ConfirmDialog>
  );
}

function useDeleting() {
  const queryClient = useQueryClient();
  const { id } = useAccount();
  return useMutation({
    mutationFn: deleteAccount,
    onSuccess: async () => {
      drafts.dropAll(id);
      // The account says now that it is being deleted, and the whole app shows that.
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
    },
  });
}
