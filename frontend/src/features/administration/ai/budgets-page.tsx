import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { AiOff } from "@/shared/signed-in/ai-off";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { rolesQuery } from "../api/list-roles";
import classes from "./ai.module.css";
import { budgetsQuery, type SetBudget } from "./api/list-budgets";
import { BackToUse } from "./back-to-use";
import { type BudgetDraft, BudgetDialog } from "./budget-dialog";
import { BudgetList } from "./budget-list";
import { RemoveBudgetDialog } from "./remove-budget-dialog";
import { useWhose } from "./use-whose";

/** What everybody, each role and single people may use. */
export function BudgetsPage() {
  const { t } = useLingui();
  const budgets = useQuery(budgetsQuery);
  const roles = useRoleNames();
  const whose = useWhose();
  const [draft, setDraft] = useState<BudgetDraft>();
  const [removing, setRemoving] = useState<SetBudget>();
  const [done, setDone] = useState<string>();
  const set = budgets.data?.items ?? [];
  const free = roles?.filter(
    (role) => !set.some(({ scope, name }) => scope === "role" && name === role),
  );
  const titleOf = (name: string) => t`Change the budget of ${name}`;
  const removed = removing && whose(removing);
  const finish = (words: string) => {
    setDraft(undefined);
    setRemoving(undefined);
    setDone(words);
  };

  if (isProblem(budgets.error, 404)) return <AiOff />;
  return (
    <>
      <BackToUse />
      <div className={classes.top}>
        <PageHeading title={t`Budgets of the AI`} />
        {budgets.data && free?.length !== 0 && (
          <Button
            primary
            onClick={() => {
              setDraft({ scope: "role", name: "", ...budgets.data.default });
            }}
          >
            <Trans>Set one for a role</Trans>
          </Button>
        )}
      </div>
      <p>
        <Trans>
          A person’s own budget counts first, then the largest of their roles’, then that of
          everyone. Whoever has used up the day or the month is refused until it begins anew, at
          midnight in UTC.
        </Trans>
      </p>
      <p>
        <Trans>
          A person’s own is set on their page: <Link to="/app/admin/ai">find them in the use</Link>.
        </Trans>
      </p>
      {done && <DoneNotice>{done}</DoneNotice>}
      {budgets.isPending && <Waiting />}
      {budgets.isError && (
        <ProblemMessage error={budgets.error} retry={() => void budgets.refetch()} />
      )}
      {budgets.data && (
        <BudgetList
          items={budgets.data.items}
          fallback={budgets.data.default}
          roles={roles ?? null}
          onChange={setDraft}
          onRemove={setRemoving}
        />
      )}
      {draft && (
        <BudgetDialog
          draft={draft}
          title={draft.name ? titleOf(whose(draft)) : t`Set a budget for a role`}
          {...(draft.name === "" && { roles: free ?? null })}
          onClose={() => {
            setDraft(undefined);
          }}
          onDone={(budget) => {
            const name = whose(budget);
            finish(t`The budget of ${name} is set.`);
          }}
        >
          <p>
            <Trans>It holds from the next request on. What was used already counts.</Trans>
          </p>
        </BudgetDialog>
      )}
      {removing && (
        <RemoveBudgetDialog
          budget={removing}
          title={t`Remove the budget of ${removed}?`}
          onClose={() => {
            setRemoving(undefined);
          }}
          onDone={() => {
            finish(t`The budget of ${removed} is removed.`);
          }}
        />
      )}
    </>
  );
}

/** The roles that there are; undefined where this person may not know, or does not know yet. */
function useRoleNames(): string[] | undefined {
  const allowed = may(useAccount(), "users:manage");
  const roles = useQuery({ ...rolesQuery, enabled: allowed });
  return roles.data?.items.map(({ name }) => name);
}
