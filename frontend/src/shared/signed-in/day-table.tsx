import { Trans } from "@lingui/react/macro";
import classes from "./day-table.module.css";
import { useDayNames } from "./use-day-names";
import { useNumbers } from "@/shared/signed-in/use-numbers";

interface DayTableProps {
  /** What is counted, in the order of the columns. */
  columns: string[];
  /** Oldest first; a number for each column. */
  rows: { day: string; values: number[] }[];
}

/** The same as the charts, in numbers: for a screen reader, and for who wants to know it exactly. */
export function DayTable({ columns, rows }: DayTableProps) {
  const inFigures = useNumbers();
  const nameOf = useDayNames();
  return (
    <details className={classes.numbers}>
      <summary>
        <Trans>The charts as a table</Trans>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            {columns.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map(({ day, values }) => (
            <tr key={day}>
              <th scope="row">{nameOf(day)}</th>
              {values.map((value, column) => (
                <td key={columns[column]}>{inFigures(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
