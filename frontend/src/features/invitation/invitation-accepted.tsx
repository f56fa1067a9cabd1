import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { useAccount } from "@/shared/session/account-context";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";
import classes from "./invitation.module.css";

export function InvitationAccepted() {
  const { t } = useLingui();
  const { permissions } = useAccount();
  const nameOf = usePermissionNames();
  const told = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  useEffect(() => {
    told.current?.focus();
  }, []);

  return (
    <div ref={told} tabIndex={-1} className={classes.page}>
      <Logo size={72} />
      <PageHeading title={t`Come in`} />
      <p role="status">
        <Trans>The invitation is accepted. From now on you may:</Trans>
      </p>
      <ul>
        {permissions.map((permission) => (
          <li key={permission}>{nameOf(permission)}</li>
        ))}
      </ul>
      <Actions>
        <Link to="/app/documents" className={`${buttons.button} ${buttons.primary}`}>
          <Trans>Open my documents</Trans>
        </Link>
      </Actions>
    </div>
  );
}
