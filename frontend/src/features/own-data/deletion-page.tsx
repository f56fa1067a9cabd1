import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { isProblem } from "@/shared/api/problem";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { DeletionProgress } from "@/shared/signed-in/deletion-progress";
import { PageHeading } from "@/shared/ui/page-heading";
import { AccountGone } from "./account-gone";
import classes from "./own-data.module.css";

const EVERY = 2000; // milliseconds

/** All that is left to see for who has asked to be deleted. The end of the session says that it is done. */
export function DeletionPage() {
  const { t } = useLingui();
  const { deletion } = useAccount();
  const { error } = useQuery({
    ...accountQuery,
    retry: false,
    refetchInterval: (query) => (isProblem(query.state.error, 401) ? false : EVERY),
  });
  // It comes in the place of the page where it was asked for.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  if (isProblem(error, 401)) return <AccountGone />;

  return (
    <div className={classes.page}>
      <PageHeading title={t`Your account is being deleted`} />
      <p>
        <Trans>
          It goes on by itself, also if you close this page. Until it is done, nothing else can be
          opened.
        </Trans>
      </p>
      {deletion && <DeletionProgress deletion={deletion} />}
    </div>
  );
}
