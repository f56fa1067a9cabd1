import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AiBudget } from "@/shared/signed-in/ai-budget";
import shared from "@/shared/signed-in/ai-use.module.css";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import classes from "./ai.module.css";
import { type Allowance, allowanceQuery } from "./api/read-allowance";
import { BudgetDialog } from "./budget-dialog";
import { RemoveBudgetDialog } from "./remove-budget-dialog";

interface UserBudgetsProps {
  id: string;
  name: string;
}

/** What one person may use, for whom that was set, and a budget of their own. */
export function UserBudgets({ id, name }: UserBudgetsProps) {
  const { t } = useLingui();
  const allowance = useQuery(allowanceQuery(id));
  const [asking, setAsking] = useState<"set" | "remove">();
  const [done, setDone] = useState<string>();
  const close = () => {
    setAsking(undefined);
  };
  const finish = (words: string) => {
    close();
    setDone(words);
  };
  if (allowance.isPending) return <Waiting />;
  if (allowance.isError)
    return <ProblemMessage error={allowance.error} retry={() => void allowance.refetch()} />;

  const { day, month, scope } = allowance.data;
  return (
    <section aria-labelledby="budgets">
      <h2 id="budgets" className="visually-hidden">
        <Trans>Budgets</Trans>
      </h2>
      {done && <DoneNotice>{done}</DoneNotice>}
      <div className={shared.budgets}>
        <AiBudget title={t`Today`} period={day} />
        <AiBudget title={t`This month`} period={month} />
      </div>
      <p>
        <ForWhom scope={scope} />
      </p>
      <Actions>
        <Button
          onClick={() => {
            setAsking("set");
          }}
        >
          {scope === "person" ? (
            <Trans>Change their own budget…</Trans>
          ) : (
            <Trans>Give them a budget of their own…</Trans>
          )}
        </Button>
        {scope === "person" && (
          <Button
            onClick={() => {
              setAsking("remove");
            }}
          >
            <Trans>Remove their own budget…</Trans>
          </Button>
        )}
      </Actions>
      {asking === "set" && (
        <BudgetDialog
          draft={{ scope: "person", name: id, day: day.limit, month: month.limit }}
          title={t`The budget of ${name}`}
          onClose={close}
          onDone={() => {
            finish(t`Their budget is set.`);
          }}
        >
          <p className={classes.quiet}>
            <Trans>
              It counts instead of that of their roles and of everyone, from the next request on.
              What was used already counts.
            </Trans>
          </p>
        </BudgetDialog>
      )}
      {asking === "remove" && (
        <RemoveBudgetDialog
          budget={{ scope: "person", name: id }}
          title={t`Remove the budget of ${name}?`}
          onClose={close}
          onDone={() => {
            finish(t`Their own budget is removed.`);
          }}
        />
      )}
    </section>
  );
}

function ForWhom({ scope }: { scope: Allowance["scope"] }) {
  switch (scope) {
    case "person":
      return <Trans>This budget is their own.</Trans>;
    case "role":
      return <Trans>This budget is the largest of their roles’.</Trans>;
    case "everyone":
      return <Trans>This budget is that of everyone.</Trans>;
    case "default":
      return <Trans>This budget is the server’s own setting: no other was set.</Trans>;
  }
}
