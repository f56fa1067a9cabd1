import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";

const FAILED = /^failed (\d+) times, at last with (\w+)$/;
const ENDED = /^its consumer ended (\d+) times while it was handled$/;
const NO_HANDLER = /^[\w.]+ has no handler of ([\w.]+)$/;
const SCHEMA = "schema: ";
const TOKEN = "message token: ";

const plain: Record<string, MessageDescriptor> = {
  "unknown type": msg`Nobody knows events of this type.`,
  "not JSON": msg`It is not JSON.`,
  "not an object": msg`It is not a JSON object.`,
  "too large": msg`It is too large.`,
  "the message's id is not the event's": msg`The message and the event in it have different ids.`,
};

/** Why a message is a dead letter, in words; what has none is told as the worker told it. */
export function useReasonWords(): (reason: string) => string {
  const { i18n, t } = useLingui();
  return (reason) => {
    const words = plain[reason];
    if (words) return i18n._(words);
    const [, times, error] = FAILED.exec(reason) ?? [];
    if (times && error) return t`It failed ${times} times, at last with ${error}.`;
    const [, ends] = ENDED.exec(reason) ?? [];
    if (ends) return t`Whoever handled it ended ${ends} times on the way.`;
    const [, kind] = NO_HANDLER.exec(reason) ?? [];
    if (kind) return t`Nobody here handles ${kind}.`;
    if (reason.startsWith(SCHEMA))
      return t`It is not as its schema says (${reason.slice(SCHEMA.length)}).`;
    if (reason.startsWith(TOKEN))
      return t`Its token for whom it acts is not good (${reason.slice(TOKEN.length)}).`;
    return reason;
  };
}
