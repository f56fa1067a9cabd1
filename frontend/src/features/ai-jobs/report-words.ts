import { msg } from "@lingui/core/macro";
import { reasons } from "@/shared/signed-in/jobs/reasons";
import type { Words } from "@/shared/signed-in/jobs/use-told-words";

/** Why a job has failed. */
export const whyFailed: Words = {
  ...reasons,
  budget_too_small: msg`Your whole budget is too small for this. An administrator can give you more.`,
  budget_used_up: msg`Your budget is used up. The usage page tells when there is more: begin again then.`,
  document_gone: msg`The document was deleted meanwhile.`,
  ended: msg`You signed out everywhere, the access token was revoked, or your account was suspended meanwhile. Nothing more was done.`,
  expired: msg`It was not finished within a day. Begin it again.`,
  forbidden: msg`You may not do this with your documents any more. An administrator can give you the permission.`,
  model_failed: msg`The model did not do it. Try again, or choose another.`,
  model_gone: msg`The model is not there any more, or not for you. Choose another.`,
  model_refuses: msg`The model cannot do this. Choose another.`,
  model_too_small: msg`The model reads too little at once for this. Choose another.`,
  too_large: msg`What was made is over 1 MB. Split the document, and begin again.`,
};

/** What a line of the report says about a document. */
export const aboutDocuments: Words = {
  changed_meanwhile: msg`Somebody saved it again and again meanwhile. Begin again, or add tags by hand.`,
  document_gone: msg`The document was deleted meanwhile.`,
  left_in_places: msg`Some places could not be translated, and are as they were.`,
  no_tags: msg`No suggested tag is sure enough.`,
  tags_added: msg({ message: "Tags added: {detail}" }),
};
