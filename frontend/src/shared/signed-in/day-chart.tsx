import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import classes from "./day-chart.module.css";
import { roundUp } from "./round-up";
import { useDayNames } from "./use-day-names";
import { useNumbers } from "@/shared/signed-in/use-numbers";

export interface DayValue {
  /** In UTC: `2026-11-25`. */
  day: string;
  value: number;
}

interface DayChartProps {
  title: string;
  days: DayValue[];
  colour: "door" | "leaf" | "clay";
  /** Whether the days add up: who comes on two days is one person. */
  additive?: boolean;
}

/** A bar for each day. The numbers themselves are in the table below the charts. */
export function DayChart({ title, days, colour, additive = true }: DayChartProps) {
  const inFigures = useNumbers();
  const titleId = useId();
  const nameOf = useDayNames();
  const summary = useSummary(days, additive);
  const end = roundUp(Math.max(...days.map(({ value }) => value)));
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
          className={`${classes.bars} ${classes[colour]}`}
        >
          {days.map(({ day, value }, index) => (
            <g key={day}>
              <title>{`${nameOf(day)}: ${inFigures(value)}`}</title>
              <rect x={index} width={1} y={0} height={end} className={classes.ground} />
              <rect x={index + 0.12} width={0.76} y={end - value} height={value} />
            </g>
          ))}
        </svg>
        <div className={classes.axis} aria-hidden="true">
          {labelled.map((each) => each && <span key={each.day}>{nameOf(each.day)}</span>)}
        </div>
      </div>
    </figure>
  );
}

/** The chart in a sentence. */
function useSummary(days: DayValue[], additive: boolean): string {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const nameOf = useDayNames();
  const highest = days.reduce((best, each) => (each.value > best.value ? each : best));
  if (highest.value === 0) return t`None in this time.`;
  const most = inFigures(highest.value);
  const when = nameOf(highest.day);
  if (!additive) return t`At most ${most} in a day, on ${when}.`;
  const all = inFigures(days.reduce((sum, { value }) => sum + value, 0));
  return t`${all} in all; at most ${most} in a day, on ${when}.`;
}
