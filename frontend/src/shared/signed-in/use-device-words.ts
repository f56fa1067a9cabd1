import { useLingui } from "@lingui/react/macro";
import { deviceOf } from "./device-of";

/** A device in words: "Firefox on Linux". */
export function useDeviceWords(): (userAgent: string | null) => string {
  const { t } = useLingui();
  return (userAgent) => {
    const { browser, system } = deviceOf(userAgent ?? "");
    if (browser && system) return t`${browser} on ${system}`;
    return browser ?? system ?? t`A browser that does not say which`;
  };
}
