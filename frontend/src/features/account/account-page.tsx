import { Trans, useLingui } from "@lingui/react/macro";
import { useAccount } from "@/shared/session/account-context";
import { Actions } from "@/shared/ui/actions";
import { PageHeading } from "@/shared/ui/page-heading";
import { Preferences } from "@/shared/ui/preferences";
import classes from "./account.module.css";
import { SignOutButton } from "./sign-out-button";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";

export function AccountPage() {
  const { t } = useLingui();
  const account = useAccount();
  const nameOf = usePermissionNames();

  return (
    <>
      <PageHeading title={t`Account`} />
      <div className={classes.columns}>
        <section className={classes.card} aria-labelledby="who">
          <h2 id="who">
            <Trans>Who you are</Trans>
          </h2>
          <dl>
            <dt>
              <Trans>Name</Trans>
            </dt>
            <dd>{account.name ?? "–"}</dd>
            <dt>
              <Trans>E-mail</Trans>
            </dt>
            <dd>
              {account.email ?? "–"} {!account.email_verified && <Trans>(not confirmed)</Trans>}
            </dd>
            <dt>
              <Trans>Status</Trans>
            </dt>
            <dd>{account.status === "active" ? t`Active` : t`Waiting for approval`}</dd>
          </dl>
          <Actions>
            <SignOutButton />
          </Actions>
        </section>

        <section className={classes.card} aria-labelledby="may">
          <h2 id="may">
            <Trans>What you may do</Trans>
          </h2>
          <dl>
            <dt>
              <Trans>Roles</Trans>
            </dt>
            <dd>{account.roles.join(", ") || t`none yet`}</dd>
          </dl>
          <ul>
            {account.permissions.map((permission) => (
              <li key={permission}>{nameOf(permission)}</li>
            ))}
          </ul>
        </section>

        <section className={classes.card} aria-labelledby="how">
          <h2 id="how">
            <Trans>How it looks</Trans>
          </h2>
          <p>
            <Trans>Kept in this browser.</Trans>
          </p>
          <Preferences />
        </section>
      </div>
    </>
  );
}
