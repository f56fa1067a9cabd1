import { useLingui } from "@lingui/react/macro";

/** A number as it is written in the person's language. */
export function useNumbers(): (value: number) => string {
  const { i18n } = useLingui();
  const format = new Intl.NumberFormat(i18n.locale);
  return (value) => format.format(value);
}
