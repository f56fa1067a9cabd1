import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export const createToken = async (body: components["schemas"]["TokenDraft"]) =>
  (await answer(backend.POST("/api/account/tokens", { body }))).data;
