import { Trans } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";
import rows from "@/shared/signed-in/rows.module.css";
import { useActionWords } from "@/shared/signed-in/use-action-words";
import { useDeviceWords } from "@/shared/signed-in/use-device-words";
import { When } from "@/shared/ui/when";
import classes from "./history.module.css";

export type Entry = components["schemas"]["HistoryEntry"];

export function HistoryRow({ entry }: { entry: Entry }) {
  const wordsFor = useActionWords();
  const deviceWords = useDeviceWords();
  const { user_agent: userAgent, new_device: isNew } = entry.detail;
  return (
    <li className={classes.entry}>
      <p className={classes.action}>
        {wordsFor(entry.action, entry.detail)}
        {isNew === true && (
          <span className={`${rows.badge} ${rows.warning}`}>
            <Trans>New device</Trans>
          </span>
        )}
      </p>
      <ul className={rows.facts}>
        <li>
          <When time={entry.at} />
        </li>
        {typeof userAgent === "string" && <li>{deviceWords(userAgent)}</li>}
        {entry.address && (
          <li>
            <Trans>From {entry.address}</Trans>
          </li>
        )}
        <Whose entry={entry} />
      </ul>
    </li>
  );
}

/** Said only where it is not oneself who did something to oneself. */
function Whose({ entry }: { entry: Entry }) {
  const aboutSomebody = entry.action.startsWith("user.");
  if (!entry.by_me && aboutSomebody)
    return (
      <li>
        <Trans>By the administration</Trans>
      </li>
    );
  if (!entry.to_me && aboutSomebody)
    return (
      <li>
        <Trans>For somebody else, by you</Trans>
      </li>
    );
  return null;
}
