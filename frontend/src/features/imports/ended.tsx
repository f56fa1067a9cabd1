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
        {job.counts.succeeded > 0 && <Kept count={job.counts.succeeded} />} <NotTaken job={job} />
      </FailedNotice>
    );
  if (job.state === "cancelled")
    return (
      <DoneNotice>
        <Trans>The import was cancelled.</Trans> <Kept count={job.counts.succeeded} />{" "}
        <NotTaken job={job} />
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
      <NotTaken job={job} />{" "}
      <Link to="/app/documents">
        <Trans>See your documents</Trans>
      </Link>
    </DoneNotice>
  );
}

/** The files of which no document was made; the report says why. */
function NotTaken({ job: { counts } }: { job: Job }) {
  return (
    <span>
      {counts.failed > 0 && (
        <Plural value={counts.failed} one="# file failed." other="# files failed." />
      )}{" "}
      {counts.left_out > 0 && (
        <Plural value={counts.left_out} one="# file was left out." other="# files were left out." />
      )}
    </span>
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
