import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { useAccount } from "@/shared/session/account-context";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";

/** Who types the address without the permission: what is missing, and who can give it. */
export function NotOpenPage({ permission }: { permission: string | undefined }) {
  const { t } = useLingui();
  const { roles } = useAccount();
  const nameOf = usePermissionNames();
  const held = roles.join(", ") || t`none yet`;
  const needed = permission && nameOf(permission);

  return (
    <>
      <Logo size={72} />
      <PageHeading title={t`This room is not open to you`} />
      <p>
        {needed ? (
          <Trans>
            It opens to people who have the permission “{needed}”. Your roles: {held}. An
            administrator can give you another one.
          </Trans>
        ) : (
          <Trans>
            It opens to people who administer the platform. Your roles: {held}. An administrator can
            give you another one.
          </Trans>
        )}
      </p>
      <p>
        <Link to="/app/documents">
          <Trans>Go to your documents</Trans>
        </Link>
      </p>
    </>
  );
}
