// Runs before the first paint; src/shared/theme/color-scheme.ts keeps the choice afterwards.
(function () {
  var kept = null;
  try {
    kept = localStorage.getItem("zaguan-color-scheme");
  } catch {
    // No storage allowed: follow the system.
  }
  var dark =
    kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
