import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { components } from "@/shared/api/backend.gen";
import { isProblem } from "@/shared/api/problem";
import { accountQuery } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import rows from "@/shared/signed-in/rows.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { When } from "@/shared/ui/when";
import { AccountGone } from "./account-gone";
import classes from "./own-data.module.css";
import { usePartWords } from "./use-part-words";

type Deletion = components["schemas"]["Deletion"];

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
      {deletion && <Progress deletion={deletion} />}
    </div>
  );
}

function Progress({ deletion }: { deletion: Deletion }) {
  const wordsFor = usePartWords();
  const erased = deletion.parts.filter(({ state }) => state === "erased").length;
  const all = deletion.parts.length;
  return (
    <>
      <p role="status">
        <Trans>
          {erased} of {all} parts are erased. All is gone soon after{" "}
          <When time={deletion.done_after} precise />.
        </Trans>
      </p>
      <ul className={rows.rows}>
        {deletion.parts.map((part) => (
          <li key={part.name} className={rows.row}>
            <strong>{wordsFor.name(part.name)}</strong>
            <span>{wordsFor.state(part.state)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
