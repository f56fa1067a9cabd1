import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { When } from "@/shared/ui/when";
import type { Person } from "./api/list-people";
import { called } from "./called";
import { Face } from "./face";
import classes from "./people-page.module.css";
import { RoleList } from "./role-list";
import { StatusBadge } from "./status-badge";

export function PersonCard({ person }: { person: Person }) {
  return (
    <li className={classes.card}>
      <Face person={person} />
      <div className={classes.who}>
        <h2>
          <Link to={`/app/admin/people/${person.id}`}>{called(person)}</Link>
        </h2>
        <p className={classes.email}>
          {person.email} {!person.email_verified && <Trans>(not confirmed)</Trans>}
        </p>
      </div>
      <StatusBadge status={person.status} />
      <div className={classes.roles}>
        <RoleList roles={person.roles} />
      </div>
      <p className={classes.seen}>
        {person.last_seen_at ? (
          <>
            <Trans>Last seen</Trans>
            <br />
            <When time={person.last_seen_at} />
          </>
        ) : (
          <Trans>No open session</Trans>
        )}
      </p>
    </li>
  );
}
