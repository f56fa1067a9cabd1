import { useLingui } from "@lingui/react/macro";
import { dateLocale } from "@/shared/i18n/locale";
import type { AuditEntry } from "./api/search-audit";
import { grouped } from "./grouped";
import { TimelineEntry } from "./timeline-entry";
import classes from "./timeline.module.css";

interface TimelineProps {
  entries: AuditEntry[];
  /** The level of the days' headings. */
  heading: "h2" | "h3";
}

/** What happened, the newest first, day by day in the reader's time zone. */
export function Timeline({ entries, heading: Heading }: TimelineProps) {
  const { i18n } = useLingui();
  const day = new Intl.DateTimeFormat(dateLocale(i18n.locale), { dateStyle: "full" });
  const days = grouped(entries, ({ at }) => day.format(new Date(at)));

  return days.map(([name, ofThisDay]) => (
    <section key={name} className={classes.day}>
      <Heading>{name}</Heading>
      <ol className={classes.entries}>
        {ofThisDay.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  ));
}
