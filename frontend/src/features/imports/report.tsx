import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./imports.module.css";
import { type Job, type Outcome, useReport } from "./jobs";
import { ReportRow } from "./report-row";

/** What became of each file. Those with a problem can be seen alone: there may be thousands. */
export function Report({ job }: { job: Job }) {
  const { t } = useLingui();
  const [outcome, setOutcome] = useState<Outcome>();
  const report = useReport(job.id, outcome);
  const { succeeded, left_out: leftOut, failed } = job.counts;
  const all = succeeded + leftOut + failed;
  if (all === 0) return null;
  const choices = [
    { value: undefined, name: t`All`, count: all },
    { value: "succeeded", name: t`Imported`, count: succeeded },
    { value: "failed", name: t`Failed`, count: failed },
    { value: "left_out", name: t`Left out`, count: leftOut },
  ] as const;

  return (
    <section aria-labelledby="report">
      <h2 id="report">
        <Trans>File by file</Trans>
      </h2>
      <div role="group" aria-label={t`Show`} className={classes.choices}>
        {choices
          .filter(({ count }) => count > 0)
          .map(({ value, name, count }) => (
            <button
              key={name}
              type="button"
              aria-pressed={value === outcome}
              className={classes.choice}
              onClick={() => {
                setOutcome(value);
              }}
            >
              {name} <span>{count}</span>
            </button>
          ))}
      </div>
      {report.isError && (
        <ProblemMessage error={report.error} retry={() => void report.refetch()} />
      )}
      <ul className={classes.report} aria-busy={report.isFetching}>
        {report.data?.map((line) => (
          <ReportRow key={line.number} line={line} />
        ))}
      </ul>
      {report.hasNextPage && (
        <p className={classes.more}>
          <Button busy={report.isFetchingNextPage} onClick={() => void report.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </p>
      )}
    </section>
  );
}
