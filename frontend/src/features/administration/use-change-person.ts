import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import type { Person } from "./api/list-people";
import { changePerson, type PersonChange } from "./api/change-person";
import { personQuery } from "./api/read-person";

/** One change of one person; afterwards every list that tells of them is fetched anew. */
export function useChangePerson(person: Person, change: PersonChange, onDone: () => void) {
  const { id: me } = useAccount();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changePerson(person.id, change),
    onSuccess: async (changed) => {
      queryClient.setQueryData(personQuery(person.id).queryKey, changed);
      for (const queryKey of [["people", "list"], ["roles"], ["audit"]])
        void queryClient.invalidateQueries({ queryKey });
      // Who changes their own roles may be outside now.
      if (person.id === me)
        await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
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
