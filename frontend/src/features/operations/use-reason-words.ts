import { useLingui } from "@lingui/react/macro";

const FAILED = /^failed (\d+) times, at last with (\w+)$/;
const ENDED = /^its consumer ended (\d+) times while it was handled$/;
const NO_HANDLER = /^[\w.]+ has no handler of ([\w.]+)$/;

/** Why a message is a dead letter, in words; what has none is told as the worker told it. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useLingui();
  return (reason) => {
    const [, times, error] = FAILED.exec(reason) ?? [];
    if (times && error) return t`It failed ${times} times, at last with ${error}.`;
    const [, ends] = ENDED.exec(reason) ?? [];
    if (ends) return t`Whoever handled it ended ${ends} times on the way.`;
    const [, kind] = NO_HANDLER.exec(reason) ?? [];
    if (kind) return t`Nobody here handles ${kind}.`;
    if (reason.startsWith("schema: ")) return t`It is not as its schema says (${reason.slice(8)}).`;
    return reason;
  };
}
