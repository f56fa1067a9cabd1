import { Plural } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { usageQuery } from "../ai-usage";
import classes from "./models.module.css";

/** What may still be used; the month can end a budget before the day does. */
export function BudgetLeft() {
  const usage = useQuery(usageQuery);
  if (!usage.data) return null;
  const left = Math.min(usage.data.day.left, usage.data.month.left);
  return (
    <span className={classes.quiet}>
      <Plural
        value={left}
        one="You can still use # token today."
        other="You can still use # tokens today."
      />
    </span>
  );
}
