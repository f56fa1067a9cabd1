import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { FailedNotice } from "@/shared/signed-in/jobs/failed-notice";
import type { Job } from "@/shared/signed-in/jobs/job";
import { whyFailed } from "./import-words";

/** What came of it, and that what is there stays. */
export function Ended({ job }: { job: Job }) {
  if (job.reason)
    return (
      <FailedNotice
        title={<Trans>The import has failed</Trans>}
        reason={job.reason}
        words={whyFailed}
      >
        {job.counts.succeeded > 0 && <Kept count={job.counts.succeeded} />}
      </FailedNotice>
    );
  if (job.state === "cancelled")
    return (
      <DoneNotice>
        <Trans>The import was cancelled.</Trans> <Kept count={job.counts.succeeded} />
      </DoneNotice>
    );
  return (
    <DoneNotice>
      <Plural
        value={job.counts.succeeded}
        _0="No document was imported."
        one="# document was imported."
        other="# documents were imported."
      />{" "}
      <Link to="/app/documents">
        <Trans>See your documents</Trans>
      </Link>
    </DoneNotice>
  );
}

function Kept({ count }: { count: number }) {
  return (
    <span>
      <Plural
        value={count}
        _0="No document had been imported."
        one="# document had been imported before, and stays."
        other="# documents had been imported before, and stay."
      />
    </span>
  );
}
