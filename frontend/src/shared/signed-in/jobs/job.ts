import type { components } from "@/shared/api/documents.gen";

/** Long work on a person's behalf. Every service that has jobs shows them alike. */
export type Job = components["schemas"]["Job"];
export type State = Job["state"];
export type ReportLine = components["schemas"]["ReportLine"];
export type Outcome = ReportLine["outcome"];

export const isOver = ({ state }: Job) => state !== "queued" && state !== "running";
