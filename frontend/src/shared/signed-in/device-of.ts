/** What a browser says of itself, as far as it can be trusted to be that: null where it does not say. */
export interface Device {
  browser: string | null;
  system: string | null;
}

// Later browsers carry the names of earlier ones, so the order decides.
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|OPT|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:HeadlessChrome|Chromium|Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const first = (names: [RegExp, string][], userAgent: string): string | null =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;

/** A program that is no browser tells its name first: `curl/8.11.0`. */
const program = (userAgent: string): string | null =>
  /^(?!Mozilla\b)[\w.-]{1,40}(?=\/|$)/.exec(userAgent)?.[0] ?? null;

/** The browser and the system of a `User-Agent`. It is what the other side claims: a hint, no proof. */
export function deviceOf(userAgent: string): Device {
  return {
    browser: first(browsers, userAgent) ?? program(userAgent),
    system: first(systems, userAgent),
  };
}
