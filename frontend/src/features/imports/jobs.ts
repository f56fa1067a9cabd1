import { queryOptions, useInfiniteQuery } from "@tanstack/react-query";
import type { components } from "@/shared/api/documents.gen";
import { listJobs } from "./api/list-jobs";
import { readJob } from "./api/read-job";
import { readReport } from "./api/read-report";

export type Job = components["schemas"]["Job"];
export type ReportLine = components["schemas"]["ReportLine"];
export type Outcome = ReportLine["outcome"];

/** With it all queries about jobs begin: whoever hears that one has changed invalidates them. */
export const JOBS = ["jobs", "documents"] as const;

const EVERY = 1500; // milliseconds, while something is going on

export const isOver = ({ state }: Job) => state !== "queued" && state !== "running";

export const useJobs = () =>
  useInfiniteQuery({
    queryKey: [...JOBS, "list"],
    queryFn: ({ pageParam, signal }) => listJobs(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => !page.items.every(isOver)) ? EVERY : false,
  });

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: [...JOBS, "one", id],
    queryFn: ({ signal }) => readJob(id, signal),
    refetchInterval: ({ state }) => (state.data && !isOver(state.data) ? EVERY : false),
  });

export const reportKey = (id: string) => [...JOBS, "report", id];

/** All lines, or those with one outcome. */
export const useReport = (id: string, outcome: Outcome | undefined) =>
  useInfiniteQuery({
    queryKey: [...reportKey(id), outcome ?? "all"],
    queryFn: ({ pageParam: cursor, signal }) => readReport({ id, outcome, cursor }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
