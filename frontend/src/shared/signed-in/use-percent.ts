import { useLingui } from "@lingui/react/macro";

/** A part of a whole as it is written in the person's language, never more than it is: `81%`. */
export function usePercent(): (part: number, whole: number) => string {
  const { i18n } = useLingui();
  const format = new Intl.NumberFormat(i18n.locale, { style: "percent" });
  return (part, whole) => format.format(Math.floor((100 * part) / whole) / 100);
}
