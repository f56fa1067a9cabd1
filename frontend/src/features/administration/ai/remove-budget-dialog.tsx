import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/shared/signed-in/confirm-dialog";
import { budgetRefusals } from "../refusals";
import type { SetBudget } from "./api/list-budgets";
import { removeBudget } from "./api/remove-budget";
import { useBudgetMutation } from "./use-budget-mutation";

interface RemoveBudgetDialogProps {
  budget: Pick<SetBudget, "scope" | "name">;
  title: string;
  onClose: () => void;
  onDone: () => void;
}

export function RemoveBudgetDialog({ budget, title, onClose, onDone }: RemoveBudgetDialogProps) {
  const { t } = useLingui();
  const { scope, name } = budget;
  const change = useBudgetMutation(() => removeBudget(scope, name), onDone);
  return (
    <ConfirmDialog
      title={title}
      confirm={t`Remove the budget`}
      change={change}
      onClose={onClose}
      words={budgetRefusals}
    >
      <p>
        {scope === "everyone" ? (
          <Trans>The server’s own setting holds again, from the next request on.</Trans>
        ) : (
          <Trans>What holds otherwise holds again, from the next request on.</Trans>
        )}
      </p>
    </ConfirmDialog>
  );
}
