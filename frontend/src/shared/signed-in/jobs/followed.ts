import { createStore } from "@/shared/store";
import type { JobsApi } from "./queries";

export interface Followed {
  api: JobsApi;
  id: string;
  name: string;
}

const store = createStore<readonly Followed[]>([]);

/** Jobs whose page was seen before they were over: how they end is told, wherever in the app the person is then. */
export const followed = {
  ...store,
  add: (job: Followed) => {
    if (!store.get().some(({ id }) => id === job.id)) store.set([...store.get(), job]);
  },
  remove: (gone: string) => {
    const others = store.get().filter(({ id }) => id !== gone);
    if (others.length < store.get().length) store.set(others);
  },
};
