import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type Invitation = components["schemas"]["Invitation"];

/** The newest first. */
export const listInvitations = async (cursor: string | undefined, signal: AbortSignal) =>
  (await answer(backend.GET("/api/admin/invitations", { params: { query: { cursor } }, signal })))
    .data;
