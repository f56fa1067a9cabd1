import { msg } from "@lingui/core/macro";
import type { ProblemWords } from "@/shared/ui/problem-words";

/** What refusals mean where somebody decides about a dead letter. */
export const letterRefusals: ProblemWords = {
  404: {
    title: msg`This dead letter is gone already`,
    advice: msg`Somebody sent it again or dropped it meanwhile. The audit says who.`,
  },
  409: {
    title: msg`It cannot be sent again now`,
    advice: msg`Either it was sent again already, and is being tried. Or it acts for a person who was suspended, has left or has signed out everywhere: then it can only be dropped.`,
  },
  503: {
    title: msg`The service does not answer`,
    advice: msg`Look again when it is back: the list shows whether it was decided.`,
  },
};
