import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import rows from "@/shared/signed-in/rows.module.css";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { ArchiveForm } from "./archive-form";
import { ImportRow } from "./import-row";
import classes from "./imports.module.css";
import { useJobs } from "./jobs";

export function ImportsPage() {
  const { t } = useLingui();
  const account = useAccount();
  return (
    <>
      <p className={classes.back}>
        <Link to="/app/documents">
          <Trans>All documents</Trans>
        </Link>
      </p>
      <PageHeading title={t`Import documents`} />
      <p className={classes.intro}>
        <Trans>
          A ZIP archive of Markdown files, such as the one that you can download here or in many
          other programs. Each file becomes a new document. Its title and tags are read from its
          front matter; otherwise the first heading, or the name of the file, is its title.
        </Trans>
      </p>
      {may(account, "documents:write") && <ArchiveForm />}
      <Earlier />
    </>
  );
}

function Earlier() {
  const jobs = useJobs();
  return (
    <section aria-labelledby="earlier">
      <h2 id="earlier" className={classes.earlier}>
        <Trans>Your imports of the last seven days</Trans>
      </h2>
      {jobs.isPending && <Waiting />}
      {jobs.isError && <ProblemMessage error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 && (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>There are none yet.</Trans>
        </p>
      )}
      {jobs.data && jobs.data.length > 0 && (
        <ul className={rows.rows}>
          {jobs.data.map((job) => (
            <ImportRow key={job.id} job={job} />
          ))}
        </ul>
      )}
      {jobs.hasNextPage && (
        <p className={classes.more}>
          <Button busy={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            <Trans>Show older</Trans>
          </Button>
        </p>
      )}
    </section>
  );
}
