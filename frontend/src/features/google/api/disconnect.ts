import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

export const disconnect = async () => (await answer(backend.DELETE("/api/account/google"))).data;
