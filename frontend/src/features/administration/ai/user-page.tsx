import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { personQuery } from "../api/read-person";
import { called } from "../called";
import { personRefusals } from "../refusals";
import { SpanSelect, useSpan } from "../span-select";
import classes from "./ai.module.css";
import { aiOverviewQuery, exportAddress } from "./api/read-overview";
import { BackToUse } from "./back-to-use";
import { Charts } from "./charts";
import { UserBudgets } from "./user-budgets";

/** One person: what they may use, and what they used. */
export function UserPage() {
  const { t } = useLingui();
  const { id = "" } = useParams();
  const named = may(useAccount(), "users:manage");
  const person = useQuery({ ...personQuery(id), enabled: named });

  if (named && person.isPending) return <Waiting />;
  if (person.isError)
    return (
      <>
        <BackToUse />
        <PageHeading title={t`This person did not open`} />
        <ProblemMessage
          error={person.error}
          words={personRefusals}
          retry={() => void person.refetch()}
        />
      </>
    );
  return <User key={id} id={id} name={person.data ? called(person.data) : id} named={named} />;
}

function User({ id, name, named }: { id: string; name: string; named: boolean }) {
  const days = useSpan();
  const overview = useQuery(aiOverviewQuery(days, id));
  return (
    <article>
      <BackToUse />
      <div className={classes.top}>
        <PageHeading title={name} />
        {named && (
          <Link to={`/app/admin/people/${id}`} className={buttons.button}>
            <Trans>Status and roles</Trans>
          </Link>
        )}
      </div>
      <UserBudgets id={id} name={name} />
      <section aria-labelledby="used" className={classes.section}>
        <div className={classes.top}>
          <h2 id="used">
            <Trans>What was used</Trans>
          </h2>
          <div className={classes.tools}>
            <SpanSelect />
            <a href={exportAddress(days, id)} download className={buttons.button}>
              <Trans>Save as CSV</Trans>
            </a>
          </div>
        </div>
        {overview.isPending && <Waiting />}
        {overview.isError && (
          <ProblemMessage error={overview.error} retry={() => void overview.refetch()} />
        )}
        {overview.data && <Charts overview={overview.data} busy={overview.isFetching} ofOne />}
      </section>
    </article>
  );
}
