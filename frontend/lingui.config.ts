import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";
import { createSwcExtractor } from "@lingui/native-tools";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "es"],
  catalogs: [{ path: "<rootDir>/src/shared/i18n/locales/{locale}", include: ["src"] }],
  // No line numbers: a moved line must not change the catalogues.
  format: formatter({ lineNumbers: false }),
  extractors: [createSwcExtractor()],
});
