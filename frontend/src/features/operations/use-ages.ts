import { useLingui } from "@lingui/react/macro";

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** How long ago a moment was, in the largest unit that it fills: "3 minutes". */
export function useAges(): (moment: string) => string {
  const { i18n } = useLingui();
  return (moment) => {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(moment)) / 1000));
    const [unit, size] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
    const format = new Intl.NumberFormat(i18n.locale, {
      style: "unit",
      unit,
      unitDisplay: "long",
    });
    return format.format(Math.floor(seconds / size));
  };
}
