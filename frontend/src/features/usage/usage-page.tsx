import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { AiBudget } from "@/shared/signed-in/ai-budget";
import { AiCharts } from "@/shared/signed-in/ai-charts";
import classes from "@/shared/signed-in/ai-use.module.css";
import { type Usage, usageQuery } from "@/shared/signed-in/ai-usage";
import { ModelTotals } from "@/shared/signed-in/model-totals";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { byDay, byModel, lastDays } from "./by-day";

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
  return (
    <>
      <div className={classes.budgets}>
        <AiBudget title={t`Today`} period={day} />
        <AiBudget title={t`This month`} period={month} />
      </div>
      <AiCharts days={byDay(items, lastDays(SPAN))} />
      <ModelTotals totals={byModel(items)} />
    </>
  );
}
