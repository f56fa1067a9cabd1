import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type Role = components["schemas"]["Role"];

/** All roles, the built-in ones first, and all permissions that there are. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: async ({ signal }) => (await answer(backend.GET("/api/admin/roles", { signal }))).data,
});
