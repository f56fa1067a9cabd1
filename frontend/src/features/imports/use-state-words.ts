import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { Job } from "./jobs";

const states: Record<Job["state"], MessageDescriptor> = {
  queued: msg`Waiting`,
  running: msg`Importing`,
  done: msg`Finished`,
  failed: msg`Failed`,
  cancelled: msg`Cancelled`,
};

export function useStateWords(): (state: Job["state"]) => string {
  const { i18n } = useLingui();
  return (state) => i18n._(states[state]);
}
