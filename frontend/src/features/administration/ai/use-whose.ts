import { useLingui } from "@lingui/react/macro";
import type { SetBudget } from "./api/list-budgets";

/** Whose a budget is, in words; one person's is theirs by their id. */
export function useWhose(): (budget: Pick<SetBudget, "scope" | "name">) => string {
  const { t } = useLingui();
  return ({ scope, name }) => {
    if (scope === "everyone") return t`everyone`;
    return scope === "role" ? t`the role “${name}”` : name;
  };
}
