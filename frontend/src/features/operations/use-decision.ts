import { useMutation, useQueryClient } from "@tanstack/react-query";
import { operationsKey } from "./api/get-operations";

/** What is decided about a dead letter; done or refused, afterwards all is looked at anew. */
export function useDecision(send: () => Promise<void>, onDone: () => void) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["audit"] });
      return queryClient.invalidateQueries({ queryKey: operationsKey });
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
