import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";

/** What the audit tells of an action besides who did it and to whom. */
export type Detail = Record<string, unknown>;

type Words = (detail: Record<string, string>) => MessageDescriptor;

const plain =
  (words: MessageDescriptor): Words =>
  () =>
    words;

const refusals: Record<string, MessageDescriptor> = {
  "sign-in-refused": msg`Sign-in refused`,
  "sign-in-expired": msg`Sign-in refused: it took too long, or was tried twice`,
  "account-suspended": msg`Sign-in refused: the account is suspended`,
  "provider-unavailable": msg`Sign-in failed: the identity provider did not answer`,
};

/** A new status, and what it was before: to be let in is not the same as to be let in again. */
function statusWords({ before, after }: Record<string, string>): MessageDescriptor {
  if (after === "suspended") return msg`Account suspended`;
  return before === "suspended" ? msg`Account reactivated` : msg`Account approved`;
}

/** A person's own is told by who it was done to, beside it. */
function budgetWords({ scope, name = "" }: Record<string, string>): MessageDescriptor {
  if (scope === "everyone") return msg`AI budget of everyone changed`;
  return scope === "role"
    ? msg`AI budget of the role “${name}” changed`
    : msg`AI budget of a person changed`;
}

/**
 * Every action of the audit, told without its people: the pages say beside it who did it and to
 * whom. tests/architecture holds this list against `backend/audit/service.py`.
 */
const actions: Record<string, Words> = {
  "sign_in.succeeded": plain(msg`Signed in`),
  "sign_in.refused": ({ kind = "" }) => refusals[kind] ?? msg`Sign-in refused`,
  sign_out: plain(msg`Signed out`),
  "session.ended": plain(msg`Signed out on another device`),
  "sign_out.everywhere": plain(msg`Signed out everywhere`),
  "token.made": ({ name }) => (name ? msg`Access token “${name}” made` : msg`Access token made`),
  "token.revoked": ({ name }) =>
    name ? msg`Access token “${name}” revoked` : msg`Access token revoked`,
  "program.approved": plain(msg`Let a program sign in`),
  "program.refused": plain(msg`Sent a program away`),
  "program.code_unknown": plain(msg`Wrong code of a program`),
  "program.connected": plain(msg`A program signed in`),
  "program.ended": plain(msg`A program signed out`),
  "program.credential_reused": plain(
    msg`A program was signed out: its credential was used twice, so it may have been stolen`,
  ),
  "user.status_changed": statusWords,
  "user.role_given": ({ role = "" }) => msg`Role “${role}” given`,
  "user.role_taken": ({ role = "" }) => msg`Role “${role}” taken`,
  "role.made": ({ role = "" }) => msg`Role “${role}” made`,
  "role.changed": ({ role = "" }) => msg`Role “${role}” changed`,
  "role.removed": ({ role = "" }) => msg`Role “${role}” removed`,
  "invitation.made": ({ role = "" }) => msg`Invitation with the role “${role}” made`,
  "invitation.accepted": plain(msg`Invitation accepted`),
  "invitation.withdrawn": plain(msg`Invitation withdrawn`),
  "account.exported": plain(msg`Own data exported`),
  "account.deletion_begun": plain(msg`Deletion of the account asked for`),
  "account.deleted": plain(msg`Account deleted`),
  "audit.exported": plain(msg`Audit exported`),
  "audit.pruned": plain(msg`Old entries of the audit removed`),
  "audit.retention_changed": plain(msg`Retention of the audit changed`),
  "secrets.rotated": plain(msg`Master key replaced`),
  "keys.rotated": plain(msg`Signing key replaced`),
  "google.connected": plain(msg`Google connected`),
  "google.connection_refused": plain(msg`Google not connected`),
  "google.disconnected": plain(msg`Google disconnected`),
  "google.token_given": ({ service = "" }) =>
    msg`Access to Google given to the service “${service}”`,
  "ai.budget_changed": budgetWords,
  "operations.sent_again": ({ event = "" }) =>
    event ? msg`Dead letter “${event}” sent again` : msg`Dead letter sent again`,
  "operations.dropped": ({ event = "" }) =>
    event ? msg`Dead letter “${event}” dropped` : msg`Dead letter dropped`,
  "operations.token_renewed": ({ event = "" }) =>
    event ? msg`New token for “${event}”, sent again` : msg`New token for a message sent again`,
  "operations.refused": plain(msg`Decision about a dead letter came too late, or was not possible`),
  "google.reconnect_needed": plain(msg`Google must be connected again`),
};

const asText = (detail: Detail): Record<string, string> =>
  Object.fromEntries(
    Object.entries(detail).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );

/** An action in words; one that is new since this build shows its own name. */
export function useActionWords(): (action: string, detail: Detail) => string {
  const { i18n } = useLingui();
  return (action, detail) => {
    const words = actions[action];
    return words ? i18n._(words(asText(detail))) : action;
  };
}
