import { Trans } from "@lingui/react/macro";
import { PageHeading } from "@/shared/ui/page-heading";
import { When } from "@/shared/ui/when";
import type { Person } from "./api/list-people";
import { called } from "./called";
import { Face } from "./face";
import classes from "./person-page.module.css";

export function PersonFacts({ person }: { person: Person }) {
  return (
    <header className={classes.head}>
      <Face person={person} large />
      <div className={classes.who}>
        <PageHeading title={called(person)} />
        <p>
          {person.email ?? <Trans>without an e-mail address</Trans>}{" "}
          {person.email && !person.email_verified && <Trans>(not confirmed)</Trans>}
        </p>
        <p>
          <Trans>
            First signed in <When time={person.created_at} />
          </Trans>
          {" · "}
          {person.last_seen_at ? (
            <Trans>
              last seen <When time={person.last_seen_at} />
            </Trans>
          ) : (
            <Trans>no open session</Trans>
          )}
        </p>
        <p>
          <Trans>
            Id: <code>{person.id}</code>
          </Trans>
        </p>
      </div>
    </header>
  );
}
