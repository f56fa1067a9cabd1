import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { JobList } from "@/shared/signed-in/jobs/job-list";
import jobs from "@/shared/signed-in/jobs/jobs.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ArchiveForm } from "./archive-form";
import { importJobs } from "./import-jobs";
import { ImportRow } from "./import-row";
import classes from "./imports.module.css";

export function ImportsPage() {
  const { t } = useLingui();
  const account = useAccount();
  return (
    <>
      <p className={jobs.back}>
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
      <JobList
        api={importJobs}
        title={<Trans>Your imports of the last seven days</Trans>}
        row={(job) => <ImportRow key={job.id} job={job} />}
      />
    </>
  );
}
