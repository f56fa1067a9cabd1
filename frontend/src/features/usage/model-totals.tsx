import { Trans } from "@lingui/react/macro";
import figures from "@/shared/signed-in/day-table.module.css";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import type { ModelTotal } from "./by-day";
import classes from "./usage.module.css";

/** What each model was used for in the days of the charts. */
export function ModelTotals({ totals }: { totals: ModelTotal[] }) {
  const inFigures = useNumbers();
  if (totals.length === 0) return null;
  return (
    <div className={`${figures.numbers} ${classes.totals}`}>
      <table>
        <caption>
          <Trans>By model</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Model</Trans>
            </th>
            <th scope="col">
              <Trans>Requests</Trans>
            </th>
            <th scope="col">
              <Trans>Tokens</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map(({ model, requests, tokens }) => (
            <tr key={model}>
              <th scope="row">{model}</th>
              <td>{inFigures(requests)}</td>
              <td>{inFigures(tokens)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
