import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { rolesQuery } from "./api/list-roles";
import { personQuery } from "./api/read-person";
import { PersonFacts } from "./person-facts";
import { PersonHistory } from "./person-history";
import classes from "./person-page.module.css";
import { PersonRoles } from "./person-roles";
import { PersonStatus } from "./person-status";
import { personRefusals } from "./refusals";

export function PersonPage() {
  const { t } = useLingui();
  const account = useAccount();
  const { id = "" } = useParams();
  const person = useQuery(personQuery(id));
  const roles = useQuery(rolesQuery);

  if (person.data && roles.data && !isProblem(person.error, 404))
    return (
      <article key={id}>
        <BackToPeople />
        <PersonFacts person={person.data} />
        <div className={classes.columns}>
          <PersonStatus person={person.data} roles={roles.data.items} />
          {person.data.status !== "deleting" && (
            <PersonRoles person={person.data} roles={roles.data.items} />
          )}
        </div>
        {may(account, "ai:manage") && (
          <p>
            <Link to={`/app/admin/ai/people/${id}`}>
              <Trans>What this person uses of the AI, and their budget</Trans>
            </Link>
          </p>
        )}
        {may(account, "audit:read") && <PersonHistory id={id} />}
      </article>
    );
  const error = person.error ?? roles.error;
  if (!error) return <Waiting />;
  return (
    <>
      <BackToPeople />
      <PageHeading title={t`This person did not open`} />
      <ProblemMessage
        error={error}
        words={personRefusals}
        retry={() => {
          void person.refetch();
          void roles.refetch();
        }}
      />
    </>
  );
}

function BackToPeople() {
  return (
    <p className={classes.back}>
      <Link to="/app/admin/people">
        <Trans>All people</Trans>
      </Link>
    </p>
  );
}
