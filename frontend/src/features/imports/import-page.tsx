import { Trans } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import rows from "@/shared/signed-in/rows.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { When } from "@/shared/ui/when";
import { CancelButton } from "./cancel-button";
import { Ended } from "./ended";
import classes from "./imports.module.css";
import { isOver, type Job, jobQuery, reportKey } from "./jobs";
import { nameOf } from "./name-of";
import { Progress } from "./progress";
import { Report } from "./report";
import { StateBadge } from "./state-badge";

export function ImportPage() {
  const { id = "" } = useParams();
  const job = useQuery(jobQuery(id));
  return (
    <>
      <p className={classes.back}>
        <Link to="/app/documents/import">
          <Trans>All imports</Trans>
        </Link>
      </p>
      {job.isPending && <Waiting />}
      {job.isError && <ProblemMessage error={job.error} retry={() => void job.refetch()} />}
      {job.data && <Import key={id} job={job.data} />}
    </>
  );
}

function Import({ job }: { job: Job }) {
  const account = useAccount();
  useFollowing(job);
  return (
    <article>
      <PageHeading title={nameOf(job)} className={classes.title}>
        {nameOf(job)} <StateBadge state={job.state} />
      </PageHeading>
      <ul className={rows.facts}>
        <li>
          <Trans>
            Begun <When time={job.created_at} precise />
          </Trans>
        </li>
        {job.ended_at && (
          <li>
            <Trans>
              Ended <When time={job.ended_at} precise />
            </Trans>
          </li>
        )}
      </ul>
      {isOver(job) ? (
        <Ended job={job} />
      ) : (
        <div className={classes.running}>
          <Progress job={job} />
          {may(account, "documents:write") && <CancelButton job={job} />}
          <p>
            <Trans>It goes on by itself, also if you close this page.</Trans>
          </p>
        </div>
      )}
      <Report job={job} />
    </article>
  );
}

/** The report grows with the job, and at its end there are new documents. */
function useFollowing({ id, done, state }: Job) {
  const queryClient = useQueryClient();
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: reportKey(id) });
    void queryClient.invalidateQueries({ queryKey: ["documents", "list"] });
  }, [queryClient, id, done, state]);
}
