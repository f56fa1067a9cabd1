import { Trans, useLingui } from "@lingui/react/macro";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import type { DeadLetter, Part } from "./api/list-dead-letters";
import classes from "./operations.module.css";

/** What kinds of values the payload has, and how long they are. What they say, nobody sees here. */
export function ShapeTable({ letter }: { letter: DeadLetter }) {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const kinds = useKinds();
  const size = inFigures(letter.size);
  return (
    <details className={classes.shape}>
      <summary>
        <Trans>Shape of the payload ({size} bytes)</Trans>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Kind`}</th>
            <th scope="col">{t`Length`}</th>
          </tr>
        </thead>
        <tbody>
          {letter.shape.map(({ path, kind, length }, place) => (
            // Two keys may look the same here.
            <tr key={`${path} ${String(place)}`}>
              <th scope="row">{path ? <code>{path}</code> : t`the whole`}</th>
              <td>{kinds[kind]}</td>
              <td>{length == null ? "–" : inFigures(length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function useKinds(): Record<Part["kind"], string> {
  const { t } = useLingui();
  return {
    object: t`object`,
    list: t`list`,
    text: t`text`,
    number: t`number`,
    boolean: t`yes or no`,
    null: t`nothing`,
    bytes: t`bytes, not JSON`,
  };
}
