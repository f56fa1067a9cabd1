import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { dateLocale } from "@/shared/i18n/locale";
import { useActionWords } from "@/shared/signed-in/use-action-words";
import { useOriginWords } from "@/shared/signed-in/use-origin-words";
import type { AuditEntry, Somebody } from "./api/search-audit";
import { called } from "./called";
import classes from "./timeline.module.css";

/** Who did what to whom, from where; the names of the machine are one press away. */
export function TimelineEntry({ entry }: { entry: AuditEntry }) {
  const words = useActionWords();
  const { action, actor, target, address, detail } = entry;
  const origin = useOriginWords()(address ?? "");
  const toAnother = target && target.id !== actor?.id;

  return (
    <li className={classes.entry} data-kind={kindOf(action)}>
      <Clock time={entry.at} />
      <div>
        <p className={classes.what}>{words(action, detail)}</p>
        <p className={classes.who}>
          {actor && (
            <span>
              <Trans>
                by <Who somebody={actor} />
              </Trans>
            </span>
          )}
          {toAnother && (
            <span>
              <Trans>
                about <Who somebody={target} />
              </Trans>
            </span>
          )}
          {origin && (
            <span>
              <Trans>from {origin}</Trans>
            </span>
          )}
        </p>
        <Particulars entry={entry} />
      </div>
    </li>
  );
}

/** What stands out in the line: a door that stayed shut, a right that changed. */
function kindOf(action: string): string {
  if (action.endsWith(".refused")) return "refusal";
  if (/^(user|role|invitation|token|keys)\./.test(action)) return "change";
  return "visit";
}

function Clock({ time }: { time: string }) {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(dateLocale(i18n.locale), { timeStyle: "medium" });
  return (
    <time dateTime={time} className={classes.clock}>
      {format.format(new Date(time))}
    </time>
  );
}

/** Leads to everything that concerns this person. */
function Who({ somebody }: { somebody: Somebody }) {
  return <Link to={`/app/admin/audit?person=${somebody.id}`}>{called(somebody)}</Link>;
}

function Particulars({ entry }: { entry: AuditEntry }) {
  const { request_id: request } = entry;
  return (
    <details className={classes.particulars}>
      <summary>
        <Trans>Particulars</Trans>
      </summary>
      <dl>
        <dt>
          <Trans>Action</Trans>
        </dt>
        <dd>
          <code>{entry.action}</code>
        </dd>
        {request && (
          <>
            <dt>
              <Trans>Request id</Trans>
            </dt>
            <dd>
              <Link to={`/app/admin/audit?request_id=${encodeURIComponent(request)}`}>
                <code>{request}</code>
              </Link>
            </dd>
          </>
        )}
        {Object.entries(entry.detail).map(([name, value]) => (
          <Particular key={name} name={name} value={value} />
        ))}
      </dl>
    </details>
  );
}

function Particular({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
    </>
  );
}
