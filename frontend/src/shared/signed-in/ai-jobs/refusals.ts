import { msg } from "@lingui/core/macro";
import { Problem } from "@/shared/api/problem";
import type { ProblemWords } from "@/shared/ui/problem-words";

const general: ProblemWords = {
  400: {
    title: msg`This model cannot do that`,
    advice: msg`Choose another model. Where there is none that can, an administrator can connect one.`,
  },
  404: {
    title: msg`Not found`,
    advice: msg`The document was deleted meanwhile, or the model is not there any more. Choose again.`,
  },
  429: {
    title: msg`Too much of yours is waiting already`,
    advice: msg`Wait until some of it is done, or cancel it.`,
  },
};

const sameLanguage: ProblemWords = {
  422: {
    title: msg`This document is in that language already`,
    advice: msg`Choose the other language.`,
  },
};

const otherLanguage: ProblemWords = {
  422: {
    title: msg`This document cannot be translated`,
    advice: msg`It seems to be in neither Spanish nor English.`,
  },
};

/** What it means that a job was not begun. */
export function refusalWords(error: unknown): ProblemWords {
  const fields = error instanceof Problem ? error.fields : new Map<string, string>();
  if (fields.has("/into")) return { ...general, ...sameLanguage };
  if (fields.has("/document")) return { ...general, ...otherLanguage };
  return general;
}
