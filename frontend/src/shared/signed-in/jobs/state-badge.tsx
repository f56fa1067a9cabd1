import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import rows from "@/shared/signed-in/rows.module.css";
import type { State } from "./job";

const states: Record<State, MessageDescriptor> = {
  queued: msg`Waiting`,
  running: msg`Under way`,
  done: msg`Finished`,
  failed: msg`Failed`,
  cancelled: msg`Cancelled`,
};

interface StateBadgeProps {
  state: State;
  /** What it does while it runs; where it is over, nobody asks. */
  running?: MessageDescriptor;
}

export function StateWords({ state, running }: StateBadgeProps) {
  const { i18n } = useLingui();
  return i18n._({ ...states, ...(running && { running }) }[state]);
}

export function StateBadge(props: StateBadgeProps) {
  const wrong = props.state === "failed" ? rows.warning : "";
  return (
    <span className={`${rows.badge} ${wrong}`}>
      <StateWords {...props} />
    </span>
  );
}
