import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type Account = components["schemas"]["Account"];

export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: async ({ signal }): Promise<Account> =>
    (await answer(backend.GET("/api/account", { signal }))).data,
  staleTime: 30_000,
  // Whoever comes back to this tab may have signed in as somebody else in another one.
  refetchOnWindowFocus: "always",
});

/** Only to hide what would be refused anyway: the server decides. */
export const may = (account: Account, permission: string): boolean =>
  account.permissions.includes(permission);
