import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change of a budget; afterwards all that depends on budgets is fetched anew, one's own use too. */
export function useBudgetMutation(send: () => Promise<unknown>, onDone: () => void) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: ["audit"] });
      await queryClient.invalidateQueries({ queryKey: ["ai"] });
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
