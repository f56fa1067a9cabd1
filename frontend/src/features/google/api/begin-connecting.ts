import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

/** Where the browser goes on, to come back to `next`. */
export const beginConnecting = async (scopes: string[], next: string): Promise<string> =>
  (await answer(backend.POST("/api/account/google", { body: { scopes, next } }))).data.location;
