import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { Link } from "react-router";
import { useAccount } from "@/shared/session/account-context";
import { usePercent } from "@/shared/signed-in/use-percent";
import { useStore } from "@/shared/store";
import { Button } from "@/shared/ui/button";
import {
  forgetPutAway,
  putBudgetAway,
  type ReachedBudget,
  reachedBudgets,
} from "./reached-budgets";
import classes from "./reached-budgets.module.css";

/** Says on every page, once in each day and month, that most of the person's budget is used. */
export function ReachedBudgets() {
  const { id } = useAccount();
  const reached = useStore(reachedBudgets);

  // What is put away in another tab need not be put away here again.
  useEffect(() => {
    const follow = () => {
      forgetPutAway(id);
    };
    window.addEventListener("storage", follow);
    return () => {
      window.removeEventListener("storage", follow);
    };
  }, [id]);

  return (
    <div role="status" className={classes.notices}>
      {reached.map((each) => (
        <Notice
          key={each.budget}
          reached={each}
          onClose={() => {
            putBudgetAway(id, each);
          }}
        />
      ))}
    </div>
  );
}

function Notice({ reached, onClose }: { reached: ReachedBudget; onClose: () => void }) {
  const { t } = useLingui();
  const { budget, used, limit } = reached;
  const percent = usePercent()(Math.min(used, limit), limit);
  const month = budget === "month";
  return (
    <div className={classes.notice}>
      <p>
        {month ? (
          <Trans>You have used {percent} of this month’s AI budget.</Trans>
        ) : (
          <Trans>You have used {percent} of today’s AI budget.</Trans>
        )}{" "}
        <Link to="/app/ai/usage">
          <Trans>See your usage</Trans>
        </Link>
      </p>
      <Button
        small
        aria-label={month ? t`Close the notice about this month` : t`Close the notice about today`}
        onClick={onClose}
      >
        <Trans>Close</Trans>
      </Button>
    </div>
  );
}
