import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "react-router";
import { Button } from "@/shared/ui/button";
import classes from "@/shared/signed-in/toasts.module.css";
import { type Followed, followed } from "./followed";
import { isOver } from "./job";
import { jobQuery } from "./queries";
import { StateBadge } from "./state-badge";

const SELDOM = 15_000; // milliseconds: live updates tell it at once

export function EndedJob({ api, id, name }: Followed) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const { data: job } = useQuery({
    ...jobQuery(api, id),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : SELDOM),
  });
  const page = `${api.path}/${id}`;
  // Where they are listed it is seen without a notice.
  const seen = pathname === page || pathname === api.path;
  if (!job || !isOver(job) || seen) return null;

  return (
    <div className={classes.toast}>
      <span>
        <Link to={page}>{name}</Link> <StateBadge state={job.state} />{" "}
        {job.counts.failed > 0 && (
          <Plural
            value={job.counts.failed}
            one="There is # problem."
            other="There are # problems."
          />
        )}
      </span>
      <Button
        small
        aria-label={t`Close the notice about ${name}`}
        onClick={() => {
          followed.remove(id);
        }}
      >
        <Trans>Close</Trans>
      </Button>
    </div>
  );
}
