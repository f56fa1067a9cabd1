import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { sectionsFor } from "@/features/administration/sections";
import { DeletionToasts } from "@/features/documents/deletion-toasts";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { EndedJobs } from "@/shared/signed-in/jobs/ended-jobs";
import toasts from "@/shared/signed-in/toasts.module.css";
import { Logo } from "@/shared/ui/logo";
import { SkipLink } from "@/shared/ui/skip-link";
import classes from "./app-shell.module.css";

/** Header, navigation and main part of every page behind the door. */
export function AppShell({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const account = useAccount();
  const { name, email, picture } = account;
  const label = name ?? email ?? t`Account`;
  return (
    <>
      <SkipLink />
      <header className={classes.header}>
        <div className={classes.bar}>
          <a href="/" className={classes.brand} aria-label="Zaguán">
            <Logo size={32} />
            <span>Zaguán</span>
          </a>
          <nav aria-label={t`Main`} className={classes.nav}>
            <NavLink to="/app/documents" className={classes.link}>
              <Trans>Documents</Trans>
            </NavLink>
            {may(account, "ai:use") && (
              <NavLink to="/app/ai" className={classes.link}>
                <Trans>AI</Trans>
              </NavLink>
            )}
            {sectionsFor(account).length > 0 && (
              <NavLink to="/app/admin" className={classes.link}>
                <Trans>Administration</Trans>
              </NavLink>
            )}
            <NavLink to="/app/account" className={classes.link}>
              <span className={classes.face} aria-hidden="true">
                {picture ? (
                  <img src={picture} alt="" referrerPolicy="no-referrer" />
                ) : (
                  label.slice(0, 1)
                )}
              </span>
              <Trans>Account</Trans>
            </NavLink>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <div className={toasts.toasts}>
        <DeletionToasts />
        <EndedJobs />
      </div>
    </>
  );
}
