import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";
import { createSwcExtractor } from "@lingui/native-tools";

// Two catalogues for each language: the landing page loads the first one only and stays small.
const publicPages = ["src/features/landing", "src/features/api-docs"];

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "es"],
  catalogs: [
    {
      path: "<rootDir>/src/shared/i18n/locales/{locale}",
      include: ["src/shared", ...publicPages],
      exclude: ["src/shared/signed-in/**"],
    },
    {
      path: "<rootDir>/src/app/locales/{locale}",
      include: ["src/app", "src/features", "src/shared/signed-in"],
      exclude: publicPages.map((folder) => `${folder}/**`),
    },
  ],
  // No line numbers: a moved line must not change the catalogues.
  format: formatter({ lineNumbers: false }),
  extractors: [createSwcExtractor()],
});
