import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type DeadLetter = components["schemas"]["DeadLetter"];
export type Part = components["schemas"]["Part"];

/** What was found last first. */
export const listDeadLetters = async (
  service: string,
  queue: string,
  cursor: string | undefined,
  signal: AbortSignal,
) => {
  const params = { path: { service }, query: { queue, cursor } };
  const address = "/api/admin/operations/{service}/dead-letters";
  return (await answer(backend.GET(address, { params, signal }))).data;
};
