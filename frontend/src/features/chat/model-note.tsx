import { Trans } from "@lingui/react/macro";
import type { Model } from "./api/list-models";
import classes from "./chat.module.css";

/** What the bundled model can do and what not, said before anybody relies on it. */
export function ModelNote({ model }: { model: Model }) {
  if (model.owned_by !== "zaguan") return null;
  return (
    <aside className={classes.note}>
      <Trans>
        This small model comes with Zaguán and runs on its own server, without any key. It writes
        English only, knows little and invents facts: good to try the platform, not to rely on. A
        better one is one setting away: <code>AI_UPSTREAM_URL</code> and{" "}
        <code>AI_UPSTREAM_MODEL</code>.
      </Trans>
    </aside>
  );
}
