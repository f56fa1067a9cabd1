import { createTheme, type CSSVariablesResolver } from "@mantine/core";

const floating = { dropdown: { background: "var(--paper)", borderColor: "var(--line)" } };

/** Mantine in the colours of tokens.css, which holds every value that differs by scheme. */
export const theme = createTheme({
  components: { Combobox: { styles: floating }, Menu: { styles: floating } },
  primaryColor: "door",
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "var(--sans)",
  fontFamilyMonospace: "var(--mono)",
  headings: { fontFamily: "var(--serif)", fontWeight: "600" },
  fontSizes: { sm: "0.9375rem", md: "1.0625rem" },
  colors: {
    door: [
      "#eaf6f5",
      "#d5ecea",
      "#aedbd7",
      "#8accc6",
      "#63b3ae",
      "#459993",
      "#2f7f7d",
      "#1f676a",
      "#14525a",
      "#0d3d44",
    ],
    clay: [
      "#fdf1ea",
      "#f9e0d2",
      "#f4c4ad",
      "#f0a27f",
      "#e48259",
      "#d1663b",
      "#bd5330",
      "#a8472a",
      "#8a3922",
      "#6c2d1b",
    ],
  },
});

export const tokens: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-body": "var(--wall)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-soft)",
    "--mantine-color-placeholder": "var(--ink-soft)",
    "--mantine-color-anchor": "var(--door)",
    "--mantine-color-error": "var(--clay)",
    "--mantine-color-default": "var(--paper)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-default-hover": "var(--sunken)",
  },
  light: {},
  dark: {},
});
