import { useLingui } from "@lingui/react/macro";
import type { Connection } from "./google-page";

/** What a scope allows, in words; one that is new since this build says it in the words of the server. */
export function useScopeWords({ offered }: Connection): (name: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    "calendar.readonly": t`See the events of your calendars`,
    "tasks.readonly": t`See your task lists`,
    "drive.file": t`Keep files of its own in your Drive`,
  };
  return (name) => words[name] ?? offered.find((scope) => scope.name === name)?.allows ?? name;
}
