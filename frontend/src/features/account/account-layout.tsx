import { useLingui } from "@lingui/react/macro";
import { Outlet } from "react-router";
import { SectionLayout } from "@/shared/signed-in/section-layout";

/** The pages about one's own account, and the way between them. */
export function AccountLayout() {
  const { t } = useLingui();
  return (
    <SectionLayout
      label={t`Your account`}
      sections={[
        { to: "/app/account", name: t`Profile`, end: true },
        { to: "/app/account/devices", name: t`Devices` },
        { to: "/app/account/programs", name: t`Programs` },
        { to: "/app/account/tokens", name: t`Access tokens` },
        { to: "/app/account/google", name: t`Google` },
        { to: "/app/account/history", name: t`History` },
        { to: "/app/account/data", name: t`Your data` },
      ]}
    >
      <Outlet />
    </SectionLayout>
  );
}
