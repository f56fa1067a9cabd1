import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";

/** Codes that services use, and what they mean; `{detail}` in it is what the service says more. */
export type Words = Record<string, MessageDescriptor>;

interface Told<Detail> {
  code: string | null;
  detail: Detail;
}

/** What a reason or a line of a report says, in the reader's language; in the service's words, if its code is a new one. */
export function useToldWords(
  words: Words,
): <Detail extends string | null>(told: Told<Detail>) => string | Detail {
  const { i18n } = useLingui();
  return ({ code, detail }) => {
    const known = code ? words[code] : undefined;
    return known ? i18n._({ ...known, values: { detail } }) : detail;
  };
}
