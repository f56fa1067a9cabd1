import { i18n } from "@lingui/core";
import { browserStorage } from "@/shared/browser-storage";

export const locales = { en: "English", es: "Español" } as const;
export type Locale = keyof typeof locales;

const KEY = "zaguan-locale";

/** Words in each language, loaded when they are spoken. */
export type Catalogue = Record<Locale, () => Promise<{ messages: typeof i18n.messages }>>;

const catalogues: Catalogue[] = [
  {
    en: () => import("./locales/en.po"),
    es: () => import("./locales/es.po"),
  },
];

/** Before the first `activateLocale`. */
export function addCatalogue(catalogue: Catalogue): void {
  catalogues.push(catalogue);
}

const isLocale = (value: string | null | undefined): value is Locale =>
  value === "en" || value === "es";

/** The person's own choice, else the first of the browser's languages that we speak. */
export function preferredLocale(): Locale {
  const kept = browserStorage.get(KEY);
  if (isLocale(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale) ?? "en";
}

/** How dates are written: in the chosen language, as in the person's own country where that is known. */
export const dateLocale = (locale: string): string =>
  navigator.languages.find((tag) => tag.slice(0, 2) === locale) ?? locale;

export async function activateLocale(locale: Locale): Promise<void> {
  const parts = await Promise.all(catalogues.map((catalogue) => catalogue[locale]()));
  for (const { messages } of parts) i18n.load(locale, messages);
  i18n.activate(locale);
  document.documentElement.lang = locale;
}

export async function chooseLocale(locale: Locale): Promise<void> {
  browserStorage.set(KEY, locale);
  await activateLocale(locale);
}
