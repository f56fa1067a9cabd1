import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import problem from "@/shared/ui/problem-message.module.css";
import classes from "./imports.module.css";
import type { Job } from "./jobs";
import { useReasonWords } from "./use-reason-words";

/** What came of it, and that what is there stays. */
export function Ended({ job }: { job: Job }) {
  const reasonWords = useReasonWords();
  if (job.reason)
    return (
      <section role="alert" className={`${problem.problem} ${classes.failed}`}>
        <p className={problem.title}>
          <Trans>The import has failed</Trans>
        </p>
        <p>{reasonWords(job.reason)}</p>
        {job.counts.succeeded > 0 && <Kept count={job.counts.succeeded} />}
      </section>
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
