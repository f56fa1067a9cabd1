import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { AiOff } from "@/shared/signed-in/ai-off";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { SpanSelect, useSpan } from "../span-select";
import classes from "./ai.module.css";
import { aiOverviewQuery, exportAddress } from "./api/read-overview";
import { Charts } from "./charts";
import { Users } from "./users";

/** What everybody uses of the AI, and who uses most. */
export function AiUsePage() {
  const { t } = useLingui();
  const days = useSpan();
  const overview = useQuery(aiOverviewQuery(days));
  if (isProblem(overview.error, 404)) return <AiOff />;
  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Use of the AI`} />
        <div className={classes.tools}>
          <SpanSelect />
          <a href={exportAddress(days)} download className={buttons.button}>
            <Trans>Save as CSV</Trans>
          </a>
          <Link to="/app/admin/ai/budgets" className={`${buttons.button} ${buttons.primary}`}>
            <Trans>Budgets</Trans>
          </Link>
        </div>
      </div>
      {overview.isPending && <Waiting />}
      {overview.isError && (
        <ProblemMessage error={overview.error} retry={() => void overview.refetch()} />
      )}
      {overview.data && <Charts overview={overview.data} busy={overview.isFetching} />}
      <Users days={days} />
    </>
  );
}
