import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { DayChart } from "@/shared/signed-in/day-chart";
import { DayTable } from "@/shared/signed-in/day-table";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { type Usage, usageQuery } from "@/shared/signed-in/ai-usage";
import { Budget } from "./budget";
import { byDay, byModel, lastDays, tokensOf } from "./by-day";
import { ModelTotals } from "./model-totals";
import classes from "./usage.module.css";

const SPAN = 31;

export function UsagePage() {
  const { t } = useLingui();
  const usage = useQuery(usageQuery);
  return (
    <>
      <PageHeading title={t`Usage`} />
      <p>
        <Trans>
          Models count text in tokens: a short word is one, a long one several. Questions and
          answers are counted, and never kept.
        </Trans>
      </p>
      {usage.isPending && <Waiting />}
      {usage.isError && <ProblemMessage error={usage.error} retry={() => void usage.refetch()} />}
      {usage.data && <Use usage={usage.data} />}
    </>
  );
}

function Use({ usage: { day, month, items } }: { usage: Usage }) {
  const { t } = useLingui();
  const days = lastDays(SPAN);
  const tokens = byDay(items, days, tokensOf);
  const requests = byDay(items, days, (use) => use.requests);
  return (
    <>
      <div className={classes.budgets}>
        <Budget title={t`Today`} period={day} />
        <Budget title={t`This month`} period={month} />
      </div>
      <div className={classes.charts}>
        <DayChart title={t`Tokens`} days={tokens} colour="door" />
        <DayChart title={t`Requests`} days={requests} colour="leaf" />
      </div>
      <p className={classes.quiet}>
        <Trans>Days begin and end at midnight in UTC; today is not over yet.</Trans>
      </p>
      <DayTable
        columns={[t`Tokens`, t`Requests`]}
        rows={tokens.map((each, place) => ({
          day: each.day,
          values: [each.value, requests[place]?.value ?? 0],
        }))}
      />
      <ModelTotals totals={byModel(items)} />
    </>
  );
}
