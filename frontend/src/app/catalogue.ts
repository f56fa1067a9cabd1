import type { Catalogue } from "@/shared/i18n/locale";

/** The words of the app's own pages, which the landing page does not need. */
export const appCatalogue: Catalogue = {
  en: () => import("./locales/en.po"),
  es: () => import("./locales/es.po"),
};
