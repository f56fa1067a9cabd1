import { useLingui } from "@lingui/react/macro";
import { dateLocale } from "@/shared/i18n/locale";

/** A day of the overview (`2026-11-25`, in UTC) as it is written: `25 Nov`. */
export function useDayNames(): (day: string) => string {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(dateLocale(i18n.locale), {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return (day) => format.format(new Date(`${day}T00:00Z`));
}
