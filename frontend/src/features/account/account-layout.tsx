import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { NavLink, Outlet } from "react-router";
import classes from "./account-layout.module.css";

/** The pages about one's own account, and the way between them. */
export function AccountLayout() {
  const { t } = useLingui();
  return (
    <div className={classes.layout}>
      <nav aria-label={t`Your account`} className={classes.sections}>
        <Section to="/app/account" end>
          <Trans>Profile</Trans>
        </Section>
        <Section to="/app/account/devices">
          <Trans>Devices</Trans>
        </Section>
        <Section to="/app/account/programs">
          <Trans>Programs</Trans>
        </Section>
        <Section to="/app/account/tokens">
          <Trans>Access tokens</Trans>
        </Section>
        <Section to="/app/account/history">
          <Trans>History</Trans>
        </Section>
        <Section to="/app/account/data">
          <Trans>Your data</Trans>
        </Section>
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}

function Section({
  to,
  end = false,
  children,
}: {
  to: string;
  end?: boolean;
  children: ReactNode;
}) {
  return (
    <NavLink to={to} end={end} className={classes.section}>
      {children}
    </NavLink>
  );
}
