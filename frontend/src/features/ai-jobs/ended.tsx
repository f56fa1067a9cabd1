import { Plural, Trans } from "@lingui/react/macro";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { FailedNotice } from "@/shared/signed-in/jobs/failed-notice";
import type { Job } from "@/shared/signed-in/jobs/job";
import { isOfOne } from "./kinds";
import { MadeDocument } from "./made-document";
import { whyFailed } from "./report-words";

/** What came of it, and that what is there stays. */
export function Ended({ job }: { job: Job }) {
  if (job.reason)
    return (
      <FailedNotice
        title={<Trans>This job has failed</Trans>}
        reason={job.reason}
        words={whyFailed}
      >
        <Kept job={job} />
      </FailedNotice>
    );
  if (job.state === "cancelled")
    return (
      <DoneNotice>
        <Trans>This job was cancelled.</Trans> <Kept job={job} />
      </DoneNotice>
    );
  return (
    <DoneNotice>{isOfOne(job.kind) ? <MadeDocument job={job} /> : <Done job={job} />}</DoneNotice>
  );
}

function Done({ job: { kind, counts } }: { job: Job }) {
  return (
    <>
      {kind === "tag" ? (
        <Plural
          value={counts.succeeded}
          _0="No document got a new tag."
          one="# document got new tags."
          other="# documents got new tags."
        />
      ) : (
        <Plural
          value={counts.succeeded}
          _0="No document was indexed."
          one="# document was indexed."
          other="# documents were indexed."
        />
      )}{" "}
      {counts.failed > 0 && (
        <Plural value={counts.failed} one="# document failed." other="# documents failed." />
      )}
    </>
  );
}

function Kept({ job: { kind, counts } }: { job: Job }) {
  return (
    <span>
      {isOfOne(kind) ? (
        <Trans>No document was made.</Trans>
      ) : (
        <Plural
          value={counts.succeeded}
          _0="No document had been done."
          one="# document had been done before, and stays so."
          other="# documents had been done before, and stay so."
        />
      )}
    </span>
  );
}
