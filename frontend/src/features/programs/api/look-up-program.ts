import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const lookUpProgram = async (code: string) =>
  (await answer(backend.POST("/api/account/programs/lookup", { body: { user_code: code } }))).data;
