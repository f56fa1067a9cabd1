import { Trans } from "@lingui/react/macro";
import classes from "./how-it-works.module.css";
import section from "./section.module.css";
import { SignInDiagram } from "./sign-in-diagram";

export function HowItWorks() {
  return (
    <section className={section.section} aria-labelledby="how">
      <h2 id="how">
        <Trans>How one sign-in reaches every service</Trans>
      </h2>
      <p className={section.intro}>
        <Trans>No service ever sees your password, your cookie, or what you did elsewhere.</Trans>
      </p>
      <SignInDiagram />
      <ol className={classes.steps}>
        <li>
          <h3>
            <Trans>You knock once</Trans>
          </h3>
          <p>
            <Trans>
              Your browser keeps one cookie. It says nothing about you, and no script on the page
              can read it.
            </Trans>
          </p>
        </li>
        <li>
          <h3>
            <Trans>The door recognises you</Trans>
          </h3>
          <p>
            <Trans>
              The gateway asks who you are and whether you may pass. What claims to be you from
              outside is thrown away.
            </Trans>
          </p>
        </li>
        <li>
          <h3>
            <Trans>Each room gets its own letter</Trans>
          </h3>
          <p>
            <Trans>
              Signed, meant for that one service, void after a minute. Services check it by
              themselves, in any language.
            </Trans>
          </p>
        </li>
        <li>
          <h3>
            <Trans>You leave, every door closes</Trans>
          </h3>
          <p>
            <Trans>
              Sign out, and within two seconds nothing behind the door answers any more.
            </Trans>
          </p>
        </li>
      </ol>
    </section>
  );
}
