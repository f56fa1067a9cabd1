import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type InvitationDraft = components["schemas"]["InvitationDraft"];
/** With its link, which is not told again. */
export type NewInvitation = components["schemas"]["NewInvitation"];

export const createInvitation = async (body: InvitationDraft): Promise<NewInvitation> =>
  (await answer(backend.POST("/api/admin/invitations", { body }))).data;
