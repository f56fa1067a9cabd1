import { useMutation, useQueryClient } from "@tanstack/react-query";
import { invitationsKey } from "./use-invitations";

/** A change of invitations; afterwards their list is fetched anew. */
export function useInvitationMutation<T>(send: () => Promise<T>, onDone: (answer: T) => void) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      void queryClient.invalidateQueries({ queryKey: ["audit"] });
      await queryClient.invalidateQueries({ queryKey: invitationsKey });
      onDone(answer);
    },
  });
  return {
    isPending,
    error,
    mutate: () => {
      mutate();
    },
  };
}
