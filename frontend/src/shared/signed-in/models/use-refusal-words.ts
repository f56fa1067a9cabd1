import { msg } from "@lingui/core/macro";
import { Problem } from "@/shared/api/problem";
import type { ProblemWords } from "@/shared/ui/problem-words";

const usedUp = {
  title: msg`Your budget is used up`,
  advice: msg`You have used the tokens that you may use for now. The usage page tells when there are more.`,
};
const busy = {
  title: msg`Too many at once`,
  advice: msg`The model is answering others, or another question of yours. Try again in a moment.`,
};
const tooLong = {
  title: msg`Too long for this model`,
  advice: msg`It cannot read that much at once. Nothing was paid. Ask for less, or choose a model that reads more.`,
};
const notForIt = {
  title: msg`This model does not take that`,
  advice: msg`Ask in another way, or choose another model.`,
};
const gone = {
  title: msg`This model is not there any more`,
  advice: msg`Load the page again and choose another one.`,
};
const lost = {
  title: msg`The answer broke off`,
  advice: msg`The model or the way to it failed. What has been written is kept; ask again.`,
};
const away = {
  title: msg`The model is not available`,
  advice: msg`It does not take questions at the moment. Try again shortly, or choose another model.`,
};
const late = {
  title: msg`The model took too long`,
  advice: msg`Nothing came from it for a while, so the question was ended. Ask again, or choose another model.`,
};

const general: ProblemWords = {
  0: lost,
  400: notForIt,
  404: gone,
  413: tooLong,
  502: lost,
  503: away,
  504: late,
};

/** Kinds that share a status; the slug is OpenAI's code where that is what came. */
const bySlug: Record<string, ProblemWords> = {
  insufficient_quota: { 429: usedUp },
  "budget-used-up": { 429: usedUp },
  context_length_exceeded: { 400: tooLong },
  "too-long-for-this-model": { 400: tooLong },
};

/** What a refusal of the AI service means. */
export function useRefusalWords(problem: unknown): ProblemWords {
  if (!(problem instanceof Problem)) return general;
  return { ...general, 429: busy, ...bySlug[problem.slug] };
}

/** Whether the model could not read that much. */
export const isTooLong = (problem: unknown): boolean =>
  problem instanceof Problem && bySlug[problem.slug]?.[400] === tooLong;
