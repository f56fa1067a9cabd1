import { infiniteQueryOptions, type QueryKey, queryOptions } from "@tanstack/react-query";
import { isOver, type Job, type Outcome, type ReportLine } from "./job";

interface Page<T> {
  items: T[];
  next: string | null;
}

export interface WantedReport {
  id: string;
  outcome: Outcome | undefined;
  cursor: string | undefined;
}

/** What a feature's service is asked about jobs. */
export interface JobsApi {
  service: string;
  /** Where in the app its jobs are. */
  path: string;
  list: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Job>>;
  read: (id: string, signal: AbortSignal) => Promise<Job>;
  report: (wanted: WantedReport, signal: AbortSignal) => Promise<Page<ReportLine>>;
  cancel: (id: string) => Promise<void>;
  /** Which other answers are old when one of its jobs has gone on. */
  changes: readonly QueryKey[];
}

const EVERY = 1500; // milliseconds, while something is going on

/** With "jobs" all of these begin: whoever hears that one has changed invalidates them. */
export const jobsKey = ({ service }: JobsApi) => ["jobs", service];

export const jobsQuery = (api: JobsApi) =>
  infiniteQueryOptions({
    queryKey: [...jobsKey(api), "list"],
    queryFn: ({ pageParam, signal }) => api.list(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => !page.items.every(isOver)) ? EVERY : false,
  });

export const jobQuery = (api: JobsApi, id: string) =>
  queryOptions({
    queryKey: [...jobsKey(api), "one", id],
    queryFn: ({ signal }) => api.read(id, signal),
    refetchInterval: ({ state }) => (state.data && !isOver(state.data) ? EVERY : false),
  });

export const reportKey = (api: JobsApi, id: string) => [...jobsKey(api), "report", id];

/** All lines, or those with one outcome. */
export const reportQuery = (api: JobsApi, id: string, outcome: Outcome | undefined) =>
  infiniteQueryOptions({
    queryKey: [...reportKey(api, id), outcome ?? "all"],
    queryFn: ({ pageParam: cursor, signal }) => api.report({ id, outcome, cursor }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
