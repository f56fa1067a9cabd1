import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAccount } from "@/shared/session/account-context";

/**
 * State of this person that outlives its page, as long as this tab does. It is kept where the answers are, in
 * memory only, and forgotten with them at sign-out.
 */
export function useTabState<T>(
  name: string,
  initial: T,
): [T, (change: (now: T) => T) => void, () => T] {
  const queryClient = useQueryClient();
  // Another tab may sign in as somebody else: nobody sees what was another's.
  const { id } = useAccount();
  const { data = initial } = useQuery<T>({
    queryKey: ["tab", id, name],
    queryFn: skipToken,
    initialData: initial,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
  const read = useCallback(
    () => queryClient.getQueryData<T>(["tab", id, name]) ?? initial,
    [queryClient, id, name, initial],
  );
  const change = useCallback(
    (change: (now: T) => T) => {
      queryClient.setQueryData<T>(["tab", id, name], change(read()));
    },
    [queryClient, id, name, read],
  );
  return [data, change, read];
}
