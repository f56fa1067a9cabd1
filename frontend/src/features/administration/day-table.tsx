import { Trans } from "@lingui/react/macro";
import type { Day } from "./api/read-overview";
import classes from "./day-table.module.css";
import { useDayNames } from "./use-day-names";
import { useNumbers } from "@/shared/signed-in/use-numbers";

/** The same as the charts, in numbers: for a screen reader, and for who wants to know it exactly. */
export function DayTable({ days }: { days: Day[] }) {
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
            <th scope="col">
              <Trans>Sign-ins</Trans>
            </th>
            <th scope="col">
              <Trans>People</Trans>
            </th>
            <th scope="col">
              <Trans>Refused</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day}>
              <th scope="row">{nameOf(day.day)}</th>
              <td>{inFigures(day.sign_ins)}</td>
              <td>{inFigures(day.people)}</td>
              <td>{inFigures(day.refusals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
