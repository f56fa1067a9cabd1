/** What a stream tells, as the server names it, and what the tabs tell each other about the stream itself. */
export interface News {
  name: "documents" | "job" | "session" | "budget" | "reset" | "end" | "refused";
  /** The number of the change, where there is one. */
  id: string;
  data: Record<string, unknown>;
}

/** Ends after which nobody comes back with this session. */
export const SENT_OUT = [
  "signed-out",
  "elsewhere",
  "everywhere",
  "suspended",
  "deleted",
  "expired",
] as const;

export type SentOut = (typeof SENT_OUT)[number];

export const isSentOut = (reason: unknown): reason is SentOut =>
  SENT_OUT.some((known) => known === reason);
