import { Trans, useLingui } from "@lingui/react/macro";
import classes from "./ai-use.module.css";
import { DayChart } from "./day-chart";
import { DayTable } from "./day-table";

interface DayOfUse {
  /** In UTC: `2026-11-25`. */
  day: string;
  tokens: number;
  requests: number;
  /** How many people used something; left out where it is about one. */
  people?: number;
}

/** What was used on each day, as charts and in numbers; the oldest day first. */
export function AiCharts({ days }: { days: DayOfUse[] }) {
  const { t } = useLingui();
  const of = (name: "tokens" | "requests" | "people") =>
    days.map((each) => ({ day: each.day, value: each[name] ?? 0 }));
  const withPeople = days.some(({ people }) => people !== undefined);
  return (
    <>
      <div className={withPeople ? `${classes.charts} ${classes.three}` : classes.charts}>
        <DayChart title={t`Tokens`} days={of("tokens")} colour="door" />
        <DayChart title={t`Requests`} days={of("requests")} colour="leaf" />
        {withPeople && (
          <DayChart title={t`People`} days={of("people")} colour="clay" additive={false} />
        )}
      </div>
      <p className={classes.quiet}>
        <Trans>Days begin and end at midnight in UTC; today is not over yet.</Trans>
      </p>
      <DayTable
        columns={[t`Tokens`, t`Requests`, ...(withPeople ? [t`People`] : [])]}
        rows={days.map(({ day, tokens, requests, people }) => ({
          day,
          values: [tokens, requests, ...(withPeople ? [people ?? 0] : [])],
        }))}
      />
    </>
  );
}
