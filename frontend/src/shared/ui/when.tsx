import { useLingui } from "@lingui/react/macro";
import { dateLocale } from "@/shared/i18n/locale";

/** A moment in the reader's language and time zone. */
export function When({ time }: { time: string }) {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(dateLocale(i18n.locale), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return <time dateTime={time}>{format.format(new Date(time))}</time>;
}
