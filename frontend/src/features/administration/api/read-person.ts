import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

const EVERY = 5000; // milliseconds

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: async ({ signal }) => {
      const params = { path: { user_id: id } };
      return (await answer(backend.GET("/api/admin/users/{user_id}", { params, signal }))).data;
    },
    // A deletion goes on by itself, until the person is not found any more.
    refetchInterval: ({ state }) =>
      state.status === "success" && state.data?.deletion ? EVERY : false,
  });
