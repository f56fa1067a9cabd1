import { useLingui } from "@lingui/react/macro";
import { Outlet, useLocation } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { SectionLayout } from "@/shared/signed-in/section-layout";
import { NotOpenPage } from "./not-open-page";
import { sectionAt, sectionsFor } from "./sections";

/** The menu of what this person may administer, and the page that they chose, if it is open to them. */
export function AdministrationLayout() {
  const { i18n, t } = useLingui();
  const account = useAccount();
  const { pathname } = useLocation();
  const open = sectionsFor(account);
  const needed = sectionAt(pathname)?.permission;
  const refused = needed ? !may(account, needed) : open.length === 0;
  const page = refused ? <NotOpenPage permission={needed} /> : <Outlet />;

  if (open.length === 0) return page;
  return (
    <SectionLayout
      label={t`Administration`}
      sections={open.map(({ path, name }) => ({ to: `/app/admin/${path}`, name: i18n._(name) }))}
    >
      {page}
    </SectionLayout>
  );
}
