import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import type { Overview } from "./api/read-overview";
import classes from "./overview-page.module.css";

const counted = ["pending", "active", "suspended"] as const;

/** How many people there are of each status; each number leads to them. */
export function StatusCounts({ overview }: { overview: Overview }) {
  const inFigures = useNumbers();
  const account = useAccount();
  const words = useCountWords(overview);
  return (
    <dl className={classes.counts}>
      {counted.map((status) => {
        const count = inFigures(overview[status]);
        return (
          <div key={status} className={classes.count}>
            <dt>{words[status]}</dt>
            <dd>
              {may(account, "users:manage") ? (
                <Link
                  to={`/app/admin/people?status=${status}`}
                  aria-label={`${count} ${words[status]}`}
                >
                  {count}
                </Link>
              ) : (
                count
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function useCountWords({
  active,
  pending,
  suspended,
}: Overview): Record<(typeof counted)[number], string> {
  const { t } = useLingui();
  return {
    pending: t`${plural(pending, { one: "waits for approval", other: "wait for approval" })}`,
    active: t`${plural(active, { one: "active person", other: "active people" })}`,
    suspended: t`${plural(suspended, { one: "suspended", other: "suspended" })}`,
  };
}
