import { Trans } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";
import rows from "@/shared/signed-in/rows.module.css";
import { When } from "@/shared/ui/when";
import { usePartWords } from "./use-part-words";

type Deletion = components["schemas"]["Deletion"];

/** How far the deletion of an account is, part by part. */
export function DeletionProgress({ deletion }: { deletion: Deletion }) {
  const wordsFor = usePartWords();
  const erased = deletion.parts.filter(({ state }) => state === "erased").length;
  const all = deletion.parts.length;
  return (
    <>
      <p role="status">
        <Trans>
          {erased} of {all} parts are erased. All is gone soon after{" "}
          <When time={deletion.done_after} precise />.
        </Trans>
      </p>
      <ul className={rows.rows}>
        {deletion.parts.map((part) => (
          <li key={part.name} className={rows.row}>
            <strong>{wordsFor.name(part.name)}</strong>
            <span>{wordsFor.state(part.state)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
