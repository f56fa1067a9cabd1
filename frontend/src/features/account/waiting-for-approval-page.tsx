import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { dateLocale } from "@/shared/i18n/locale";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { Actions } from "@/shared/ui/actions";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";
import classes from "./account.module.css";
import { SignOutButton } from "./sign-out-button";
import { Button } from "@/shared/ui/button";

/** Known, but not let in yet: says so plainly, and what happens next. */
export function WaitingForApprovalPage() {
  const { i18n, t } = useLingui();
  const { email, email_verified: verified } = useAccount();
  const check = useQuery(accountQuery);

  const at = new Intl.DateTimeFormat(dateLocale(i18n.locale), { timeStyle: "medium" }).format(
    check.dataUpdatedAt,
  );

  return (
    <div className={classes.waiting}>
      <Logo size={72} />
      <PageHeading title={t`You are in the hall`} />
      <p>
        <Trans>
          We know who you are: <strong>{email}</strong>. An administrator has to open the rooms for
          you before you can use them.
        </Trans>
      </p>
      <h2>
        <Trans>What happens next</Trans>
      </h2>
      <ul>
        <li>
          <Trans>
            An administrator lets people in. If you know one, tell them that you are waiting.
          </Trans>
        </li>
        <li>
          <Trans>
            This page goes on by itself as soon as they have. No message is sent: you may also come
            back later, or press “Check again”.
          </Trans>
        </li>
        {!verified && (
          <li>
            <Trans>
              Your sign-in provider has not confirmed this e-mail address. Confirming it there helps
              the administrator recognise you.
            </Trans>
          </li>
        )}
      </ul>
      <Actions>
        <Button primary busy={check.isFetching} onClick={() => void check.refetch()}>
          <Trans>Check again</Trans>
        </Button>
        <SignOutButton />
      </Actions>
      <p role="status" className={classes.checked}>
        {!check.isFetching && <Trans>Last checked at {at}</Trans>}
      </p>
    </div>
  );
}
