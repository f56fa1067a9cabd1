import { Trans } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";
import rows from "@/shared/signed-in/rows.module.css";
import { useActionWords } from "@/shared/signed-in/use-action-words";
import { useDeviceWords } from "@/shared/signed-in/use-device-words";
import { useOriginWords } from "@/shared/signed-in/use-origin-words";
import { When } from "@/shared/ui/when";
import classes from "./history.module.css";

export type Entry = components["schemas"]["HistoryEntry"];

export function HistoryRow({ entry }: { entry: Entry }) {
  const wordsFor = useActionWords();
  const deviceWords = useDeviceWords();
  const originWords = useOriginWords();
  const origin = entry.address && originWords(entry.address);
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
        {origin && (
          <li>
            <Trans>From {origin}</Trans>
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
  if (entry.detail.reason === "sign-up")
    return (
      <li>
        <Trans>By the rule for a first sign-in</Trans>
      </li>
    );
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
