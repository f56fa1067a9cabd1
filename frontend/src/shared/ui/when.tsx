import { useLingui } from "@lingui/react/macro";
import { dateLocale } from "@/shared/i18n/locale";

/** A moment in the reader's language and time zone. */
export function When({ time, precise = false }: { time: string; precise?: boolean }) {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(dateLocale(i18n.locale), {
    dateStyle: "medium",
    timeStyle: precise ? "medium" : "short",
  });
  return <time dateTime={time}>{format.format(new Date(time))}</time>;
}
