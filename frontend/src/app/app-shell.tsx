import type { ReactNode } from "react";
import { DeletionToasts } from "@/features/documents/deletion-toasts";
import { EndedJobs } from "@/shared/signed-in/jobs/ended-jobs";
import toasts from "@/shared/signed-in/toasts.module.css";
import { Logo } from "@/shared/ui/logo";
import { SkipLink } from "@/shared/ui/skip-link";
import classes from "./app-shell.module.css";
import { MainNav } from "./main-nav";
import { ReachedBudgets } from "./reached-budgets-notice";

/** Header, navigation and main part of every page behind the door. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className={classes.header}>
        <div className={classes.bar}>
          <a href="/" className={classes.brand} aria-label="Zaguán">
            <Logo size={32} />
            <span>Zaguán</span>
          </a>
          <MainNav />
        </div>
        <ReachedBudgets />
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
