import { Trans } from "@lingui/react/macro";
import classes from "./add-service.module.css";
import section from "./section.module.css";

const ROUTE = `location ~ ^/api/recipes(?:/|$) {
    set $audience recipes;
    include snippets/protected.conf;
    proxy_pass http://recipes;
}`;

export function AddService() {
  return (
    <section className={section.section} aria-labelledby="add">
      <h2 id="add">
        <Trans>Add your own room</Trans>
      </h2>
      <div className={classes.columns}>
        <p className={section.intro}>
          <Trans>
            A new service, in any language, needs three lines at the door. It is protected from its
            first request: what arrives is already recognised, and everything else was refused
            before. <a href="/api/docs">Look at the APIs that are here</a>.
          </Trans>
        </p>
        <pre className={classes.code}>
          <code>{ROUTE}</code>
        </pre>
      </div>
    </section>
  );
}
