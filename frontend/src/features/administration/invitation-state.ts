import type { Invitation } from "./api/list-invitations";

export type InvitationState = "open" | "accepted" | "expired";

export function stateOf({ accepted_at, expires_at }: Invitation): InvitationState {
  if (accepted_at) return "accepted";
  return Date.parse(expires_at) > Date.now() ? "open" : "expired";
}
