import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";
import { inTime } from "@/shared/api/in-time";

export type Model = components["schemas"]["ModelOut"];

const PATIENCE = 15; // seconds: it is only a list

/** The models that this person may chat with, the usual one first. */
export const modelsQuery = queryOptions({
  queryKey: ["ai", "models"],
  queryFn: async ({ signal }): Promise<Model[]> => {
    const listed = await inTime(PATIENCE, signal, (signal) =>
      answer(ai.GET("/api/ai/v1/models", { signal })),
    );
    return listed.data.data.filter(({ kind }) => kind === "chat");
  },
});

/** Whether it is the small one that comes with Zaguán. */
export const isBundled = (model: Model): boolean => model.owned_by === "zaguan";
