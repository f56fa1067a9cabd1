import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { Problem } from "@/shared/api/problem";

interface Words {
  title: MessageDescriptor;
  advice: MessageDescriptor;
}

/** By status: what a refusal means on one page, where the general words do not say it. */
export type ProblemWords = Record<number, Words>;

const byStatus: ProblemWords = {
  0: {
    title: msg`No connection`,
    advice: msg`Nothing answered. Check your network; what you typed is still here.`,
  },
  401: {
    title: msg`You are not signed in`,
    advice: msg`Sign in again to go on. What you typed is kept in this browser.`,
  },
  403: {
    title: msg`This is not open to you`,
    advice: msg`Your account lacks the permission for this. An administrator can give it to you.`,
  },
  404: {
    title: msg`Not found`,
    advice: msg`It was deleted, or it never was here, or it is not yours.`,
  },
  409: {
    title: msg`Not possible as things are`,
    advice: msg`Something else has to be changed first, or was changed meanwhile. Load the page again.`,
  },
  412: {
    title: msg`Changed meanwhile`,
    advice: msg`Someone, perhaps you in another tab, saved another version. Load it before you go on.`,
  },
  413: {
    title: msg`Too large`,
    advice: msg`A document may hold up to 1 MB of text. Shorten it, or split it in two.`,
  },
  422: {
    title: msg`Something was not accepted`,
    advice: msg`Correct the marked fields and save again.`,
  },
  429: {
    title: msg`Too many requests`,
    advice: msg`Wait a moment, then try again.`,
  },
  503: {
    title: msg`This service is resting`,
    advice: msg`It cannot answer at the moment. Nothing is lost; try again shortly.`,
  },
  504: {
    title: msg`No answer in time`,
    advice: msg`It took too long, so it was given up. Nothing is lost; try again.`,
  },
};

const unexpected: Words = {
  title: msg`Something went wrong on our side`,
  advice: msg`Try again. If it stays, report it with the request id below.`,
};

function wordsFor(error: unknown, own: ProblemWords): Words {
  if (!(error instanceof Problem)) return unexpected;
  const status = error.status === 502 ? 503 : error.status;
  return own[error.status] ?? own[status] ?? byStatus[status] ?? unexpected;
}

/** What to tell a person about an error, in their language. */
export function useProblemWords(
  error: unknown,
  own: ProblemWords = {},
): { title: string; advice: string } {
  const { i18n, t } = useLingui();
  const { title, advice } = wordsFor(error, own);
  const seconds = error instanceof Problem ? error.retryAfter : undefined;
  if (!seconds) return { title: i18n._(title), advice: i18n._(advice) };
  const wait = t`Wait ${lasting(seconds, i18n.locale)}, then try again.`;
  // What a page says of its own refusal is more than how long it lasts.
  const isOwn = error instanceof Problem && own[error.status] !== undefined;
  return { title: i18n._(title), advice: isOwn ? `${i18n._(advice)} ${wait}` : wait };
}

/** So much time in words, in the largest unit that says enough of it. */
function lasting(seconds: number, locale: string): string {
  const [unit, length] = seconds > 7200 ? HOUR : seconds > 90 ? MINUTE : SECOND;
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(locale, style).format(Math.ceil(seconds / length));
}

const SECOND = ["second", 1] as const;
const MINUTE = ["minute", 60] as const;
const HOUR = ["hour", 3600] as const;
