import { createContext, use } from "react";
import type { Account } from "./account";

export const AccountContext = createContext<Account | null>(null);

/** The signed-in person; only under the layout that asked the server who it is. */
export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error("useAccount is used outside the signed-in layout");
  return account;
}
