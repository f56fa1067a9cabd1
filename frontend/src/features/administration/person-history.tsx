import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { AuditList } from "./audit-list";
import { useAudit } from "./use-audit";
import classes from "./person-page.module.css";

/** What this person did, and what was done to them. */
export function PersonHistory({ id }: { id: string }) {
  const found = useAudit({ person: id });
  return (
    <section className={classes.history} aria-labelledby="history">
      <h2 id="history">
        <Trans>What happened</Trans>
      </h2>
      <p>
        <Link to={`/app/admin/audit?person=${id}`}>
          <Trans>Search in this, or save it as a file</Trans>
        </Link>
      </p>
      <AuditList
        found={found}
        heading="h3"
        empty={
          <p>
            <Trans>Nothing yet.</Trans>
          </p>
        }
      />
    </section>
  );
}
