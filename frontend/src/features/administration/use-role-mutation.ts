import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "@/shared/session/account";
import { rolesQuery } from "./api/list-roles";

/** A change of roles; afterwards everything that names them is fetched anew, one's own permissions too. */
export function useRoleMutation(send: () => Promise<unknown>, onDone: () => void) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      for (const queryKey of [["people"], ["invitations"], ["audit"], accountQuery.queryKey])
        void queryClient.invalidateQueries({ queryKey });
      await queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey });
      onDone();
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
