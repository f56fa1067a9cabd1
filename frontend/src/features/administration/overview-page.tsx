import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { DayChart } from "@/shared/signed-in/day-chart";
import { DayTable } from "@/shared/signed-in/day-table";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { type Overview, overviewQuery } from "./api/read-overview";
import classes from "./overview-page.module.css";
import { SpanSelect, useSpan } from "./span-select";
import { StatusCounts } from "./status-counts";

/** Over how many days is told by the address: `?days=`. */
export function OverviewPage() {
  const { t } = useLingui();
  const days = useSpan();
  const overview = useQuery(overviewQuery(days));

  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Overview`} />
        <SpanSelect />
      </div>
      {overview.isPending && <Waiting />}
      {overview.isError && (
        <ProblemMessage error={overview.error} retry={() => void overview.refetch()} />
      )}
      {overview.data && (
        <div aria-busy={overview.isFetching}>
          <StatusCounts overview={overview.data} />
          <Charts overview={overview.data} />
        </div>
      )}
    </>
  );
}

function Charts({ overview: { days } }: { overview: Overview }) {
  const { t } = useLingui();
  const of = (name: "sign_ins" | "people" | "refusals") =>
    days.map((each) => ({ day: each.day, value: each[name] }));
  return (
    <>
      <div className={classes.charts}>
        <DayChart title={t`Sign-ins`} days={of("sign_ins")} colour="door" />
        <DayChart
          title={t`People who signed in`}
          days={of("people")}
          colour="leaf"
          additive={false}
        />
        <DayChart title={t`Refused sign-ins`} days={of("refusals")} colour="clay" />
      </div>
      <p className={classes.note}>
        <Trans>Days begin and end at midnight in UTC; today is not over yet.</Trans>
      </p>
      <DayTable
        columns={[t`Sign-ins`, t`People`, t`Refused`]}
        rows={days.map((each) => ({
          day: each.day,
          values: [each.sign_ins, each.people, each.refusals],
        }))}
      />
    </>
  );
}
