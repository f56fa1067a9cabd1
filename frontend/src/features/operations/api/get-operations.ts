import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type ServiceEvents = components["schemas"]["ServiceEvents"];
export type ServiceState = components["schemas"]["ServiceState"];
export type Outbox = components["schemas"]["Outbox"];
export type Queue = components["schemas"]["Queue"];

/** Everything of this page: what a decision makes old. */
export const operationsKey = ["operations"];

/** Milliseconds between two looks. */
export const EVERY = 5000;

export const operationsQuery = queryOptions({
  queryKey: [...operationsKey, "services"],
  queryFn: async ({ signal }) =>
    (await answer(backend.GET("/api/admin/operations", { signal }))).data.services,
  refetchInterval: EVERY,
});
