import { useEffect } from "react";
import { browserStorage } from "@/shared/browser-storage";
import { createStore, useStore } from "@/shared/store";

export const colorSchemes = ["system", "light", "dark"] as const;
export type ColorScheme = (typeof colorSchemes)[number];

// The same key is read by public/assets/color-scheme.js before the first paint.
const KEY = "zaguan-color-scheme";

const keptChoice = (): ColorScheme =>
  colorSchemes.find((scheme) => scheme === browserStorage.get(KEY)) ?? "system";

const choice = createStore<ColorScheme>(keptChoice());
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");
const system = createStore(systemIsDark.matches);
systemIsDark.addEventListener("change", (event) => {
  system.set(event.matches);
});

export function chooseColorScheme(scheme: ColorScheme): void {
  browserStorage.set(KEY, scheme);
  choice.set(scheme);
}

/** What the person chose, and what is shown because of it. */
export function useColorScheme(): { chosen: ColorScheme; shown: "light" | "dark" } {
  const chosen = useStore(choice);
  const dark = useStore(system);
  const shown = chosen === "system" ? (dark ? "dark" : "light") : chosen;
  useEffect(() => {
    document.documentElement.setAttribute("data-mantine-color-scheme", shown);
  }, [shown]);
  return { chosen, shown };
}
