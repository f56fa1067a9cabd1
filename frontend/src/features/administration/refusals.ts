import { msg } from "@lingui/core/macro";
import type { ProblemWords } from "@/shared/ui/problem-words";

const beyond = {
  title: msg`This goes beyond what you may do yourself`,
  advice: msg`Nobody gives, takes or touches more than they hold. Ask somebody who holds all of these permissions.`,
};

/** What refusals mean where people are changed. */
export const personRefusals: ProblemWords = {
  403: beyond,
  404: {
    title: msg`This person is gone`,
    advice: msg`The account, or a role that you chose, was deleted meanwhile. Load the page again.`,
  },
  409: {
    title: msg`Not possible as things are`,
    advice: msg`One administrator always remains: make somebody else one first. And whose account is being deleted is not changed any more.`,
  },
  422: {
    title: msg`A role is gone`,
    advice: msg`A role that you chose was removed meanwhile. Load the page again.`,
  },
};

export const roleRefusals: ProblemWords = {
  403: beyond,
  404: {
    title: msg`This role is gone`,
    advice: msg`Somebody removed it meanwhile. Load the page again.`,
  },
  409: {
    title: msg`This name is taken`,
    advice: msg`There is a role of this name already. Choose another name, or change that role.`,
  },
};

export const budgetRefusals: ProblemWords = {
  404: {
    title: msg`This budget is gone`,
    advice: msg`Somebody removed it meanwhile. Load the page again.`,
  },
};

export const invitationRefusals: ProblemWords = {
  403: beyond,
  404: {
    title: msg`This invitation is gone`,
    advice: msg`Somebody withdrew it meanwhile. Load the page again.`,
  },
};
