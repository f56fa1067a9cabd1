import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { Day } from "./api/read-overview";
import classes from "./day-chart.module.css";
import { roundUp } from "./round-up";
import { useDayNames } from "./use-day-names";
import { useNumbers } from "@/shared/signed-in/use-numbers";

interface DayChartProps {
  title: string;
  days: Day[];
  of: "sign_ins" | "people" | "refusals";
}

/** A bar for each day. The numbers themselves are in the table below the charts. */
export function DayChart({ title, days, of }: DayChartProps) {
  const inFigures = useNumbers();
  const titleId = useId();
  const nameOf = useDayNames();
  const summary = useSummary(days, of);
  const end = roundUp(Math.max(...days.map((day) => day[of])));
  const labelled = [days[0], days[Math.floor((days.length - 1) / 2)], days.at(-1)];

  return (
    <figure className={classes.chart} aria-labelledby={titleId}>
      <figcaption>
        <h2 id={titleId}>{title}</h2>
        <p>{summary}</p>
      </figcaption>
      <div className={classes.plot}>
        <div className={classes.scale} aria-hidden="true">
          {[end, end / 2, 0].map((value) => (
            <span key={value}>{inFigures(value)}</span>
          ))}
        </div>
        {/* A unit wide for each day; the numbers on the axes are text, and keep their size. */}
        <svg
          viewBox={`0 0 ${days.length} ${end}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className={`${classes.bars} ${classes[of]}`}
        >
          {days.map((day, index) => (
            <g key={day.day}>
              <title>{`${nameOf(day.day)}: ${inFigures(day[of])}`}</title>
              <rect x={index} width={1} y={0} height={end} className={classes.ground} />
              <rect x={index + 0.12} width={0.76} y={end - day[of]} height={day[of]} />
            </g>
          ))}
        </svg>
        <div className={classes.axis} aria-hidden="true">
          {labelled.map((day) => day && <span key={day.day}>{nameOf(day.day)}</span>)}
        </div>
      </div>
    </figure>
  );
}

/** The chart in a sentence. */
function useSummary(days: Day[], of: DayChartProps["of"]): string {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const nameOf = useDayNames();
  const highest = days.reduce((best, day) => (day[of] > best[of] ? day : best));
  if (highest[of] === 0) return t`None in this time.`;
  const most = inFigures(highest[of]);
  const when = nameOf(highest.day);
  // The same person on two days would be counted twice.
  if (of === "people") return t`At most ${most} in a day, on ${when}.`;
  const all = inFigures(days.reduce((sum, day) => sum + day[of], 0));
  return t`${all} in all; at most ${most} in a day, on ${when}.`;
}
