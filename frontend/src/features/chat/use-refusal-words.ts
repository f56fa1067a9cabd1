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
  advice: msg`The conversation no longer fits. Begin a new one, or ask for less.`,
};
const lost = {
  title: msg`The answer broke off`,
  advice: msg`The model or the way to it failed. What has been written is kept; ask again.`,
};

const general: ProblemWords = { 400: tooLong, 413: tooLong, 502: lost, 503: lost, 504: lost };

/** What a refusal of the AI service means. OpenAI's code tells apart what shares a status. */
export function useRefusalWords(problem: unknown): ProblemWords {
  if (!(problem instanceof Problem)) return general;
  return { ...general, 429: problem.type === "insufficient_quota" ? usedUp : busy };
}
