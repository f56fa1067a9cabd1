import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { Job, Outcome } from "./job";
import classes from "./jobs.module.css";
import { type JobsApi, reportQuery } from "./queries";
import { ReportRow } from "./report-row";
import type { Words } from "./use-told-words";

interface ReportProps {
  api: JobsApi;
  job: Job;
  title: ReactNode;
  /** What has become of a thing that all went well with. */
  succeeded: MessageDescriptor;
  words: Words;
}

/** What became of each thing. Those with a problem can be seen alone: there may be thousands. */
export function Report({ api, job, title, succeeded: well, words }: ReportProps) {
  const { t, i18n } = useLingui();
  const [outcome, setOutcome] = useState<Outcome>();
  const report = useInfiniteQuery(reportQuery(api, job.id, outcome));
  const { succeeded, left_out: leftOut, failed } = job.counts;
  const all = succeeded + leftOut + failed;
  if (all === 0) return null;
  const choices = (
    [
      { value: undefined, name: t`All`, count: all },
      { value: "succeeded", name: i18n._(well), count: succeeded },
      { value: "failed", name: t`Failed`, count: failed },
      { value: "left_out", name: t`Left out`, count: leftOut },
    ] as const
  ).filter(({ count }) => count > 0);

  return (
    <section aria-labelledby="report">
      <h2 id="report">{title}</h2>
      {/* Where all have become the same, there is nothing to narrow. */}
      {choices.length > 2 && (
        <div role="group" aria-label={t`Show`} className={classes.choices}>
          {choices.map(({ value, name, count }) => (
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
      )}
      {report.isError && (
        <ProblemMessage error={report.error} retry={() => void report.refetch()} />
      )}
      <ul className={classes.report} aria-busy={report.isFetching}>
        {report.data?.map((line) => (
          <ReportRow key={line.number} line={line} succeeded={well} words={words} />
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
