import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import type { State } from "./job";

const states: Record<Exclude<State, "running">, MessageDescriptor> = {
  queued: msg`Waiting`,
  done: msg`Finished`,
  failed: msg`Failed`,
  cancelled: msg`Cancelled`,
};

interface StateBadgeProps {
  state: State;
  /** What it does while it runs. */
  running: MessageDescriptor;
}

export function StateBadge({ state, running }: StateBadgeProps) {
  const { i18n } = useLingui();
  const words = { ...states, running };
  const wrong = state === "failed" ? rows.warning : "";
  return <span className={`${rows.badge} ${wrong}`}>{i18n._(words[state])}</span>;
}
