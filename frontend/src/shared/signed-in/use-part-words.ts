import { useLingui } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";

type State = components["schemas"]["DeletionPart"]["state"];

/** The parts of a deletion in words; a service that is new since this build shows its own name. */
export function usePartWords() {
  const { t } = useLingui();
  const names: Record<string, string> = {
    documents: t`Documents`,
    ai: t`AI`,
    google: t`The connection to Google`,
    account: t`Account`,
  };
  const states: Record<State, string> = {
    waiting: t`Waits`,
    erased: t`Erased`,
    delayed: t`Takes longer than usual, and is tried again`,
  };
  return {
    name: (name: string): string => names[name] ?? name,
    state: (state: State): string => states[state],
  };
}
