import { Trans } from "@lingui/react/macro";
import classes from "./models.module.css";
import { isBundled, type Model } from "./models-query";

/** What the bundled model can do and what not, said before anybody relies on it. */
export function ModelNote({ model }: { model: Model }) {
  if (!isBundled(model)) return null;
  return (
    <aside className={classes.note}>
      <p>
        <Trans>
          This small model comes with Zaguán and runs on its own server, without any key. It writes
          English only, knows little and invents facts: good to try the platform, not to rely on.
        </Trans>
      </p>
      <details>
        <summary>
          <Trans>How to connect a better one</Trans>
        </summary>
        <p>
          <Trans>
            Who runs this server names any API that speaks as OpenAI’s does, at a provider or on a
            machine of their own: <code>AI_UPSTREAM_URL</code> and <code>AI_UPSTREAM_MODEL</code>,
            its key in <code>secrets/ai-upstream-key</code>. Several at once go into{" "}
            <code>secrets/ai-models.toml</code>. They are listed here then, before this one.
          </Trans>
        </p>
      </details>
    </aside>
  );
}
