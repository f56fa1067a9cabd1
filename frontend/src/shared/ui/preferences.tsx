import { useLingui } from "@lingui/react/macro";
import { chooseLocale, type Locale, locales } from "@/shared/i18n/locale";
import { chooseColorScheme, type ColorScheme, useColorScheme } from "@/shared/theme/color-scheme";
import classes from "./preferences.module.css";

/** Language and colours, each kept in this browser. */
export function Preferences() {
  const { i18n, t } = useLingui();
  const { chosen } = useColorScheme();
  const schemes: Record<ColorScheme, string> = {
    system: t`Like my system`,
    light: t`Light`,
    dark: t`Dark`,
  };

  return (
    <div className={classes.preferences}>
      <label>
        {t`Language`}
        <select
          value={i18n.locale}
          onChange={(event) => void chooseLocale(event.currentTarget.value as Locale)}
        >
          {Object.entries(locales).map(([locale, name]) => (
            <option key={locale} value={locale} lang={locale}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t`Colours`}
        <select
          value={chosen}
          onChange={(event) => {
            chooseColorScheme(event.currentTarget.value as ColorScheme);
          }}
        >
          {Object.entries(schemes).map(([scheme, name]) => (
            <option key={scheme} value={scheme}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
