import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { signInAddress } from "@/shared/session/sign-in-address";
import buttons from "./button.module.css";
import { Logo } from "./logo";
import { Preferences } from "./preferences";
import classes from "./public-layout.module.css";
import { SkipLink } from "./skip-link";

interface PublicLayoutProps {
  children: ReactNode;
  /** Where its button to sign in leads back to. */
  next?: string;
  /** "div" where the content brings a `<main>` of its own. */
  as?: "main" | "div";
}

/** Header and footer of the pages that need no sign-in. */
export function PublicLayout({
  children,
  next = "/app/documents",
  as: Main = "main",
}: PublicLayoutProps) {
  const { t } = useLingui();
  return (
    <>
      <SkipLink />
      <header className={classes.header}>
        <a href="/" className={classes.brand}>
          <Logo size={36} />
          Zaguán
        </a>
        {signedInHint.get() ? (
          <a href="/app" className={buttons.button}>
            <Trans>My documents</Trans>
          </a>
        ) : (
          <a href={signInAddress(next)} className={buttons.button}>
            <Trans>Sign in</Trans>
          </a>
        )}
      </header>
      <Main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </Main>
      <footer className={classes.footer}>
        <nav aria-label={t`More`}>
          <a href="/api/docs">
            <Trans>API reference</Trans>
          </a>
          <a href="/docs/errors">
            <Trans>Error messages explained</Trans>
          </a>
        </nav>
        <Preferences />
      </footer>
    </>
  );
}
