import { Trans } from "@lingui/react/macro";
import classes from "./ai-use.module.css";
import figures from "./day-table.module.css";
import { useNumbers } from "./use-numbers";

export interface ModelTotal {
  model: string;
  requests: number;
  tokens: number;
}

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
