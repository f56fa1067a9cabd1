import type { components } from "./documents.gen";

/** What every service and the gateway answer when something is wrong (RFC 9457). */
type ProblemDetails = components["schemas"]["Problem"];

/** A request that did not succeed. `status` is 0 when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  readonly requestId: string | undefined;
  /** Which fields were refused: JSON pointer → why. */
  readonly fields: ReadonlyMap<string, string>;
  /** Seconds to wait before trying again, where the answer said so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, details: Partial<ProblemDetails> = {}, headers = new Headers()) {
    super(details.detail ?? details.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.type = details.type ?? "about:blank";
    this.requestId = details.request_id ?? headers.get("X-Request-ID") ?? undefined;
    this.fields = new Map(details.errors?.map(({ pointer, detail }) => [pointer, detail]));
    this.retryAfter = Number(headers.get("Retry-After")) || undefined;
  }

  /** The last part of the type's address: `awaiting-approval`. */
  get slug(): string {
    return this.type.split("/").at(-1) ?? "";
  }
}

export const isProblem = (error: unknown, status: number): error is Problem =>
  error instanceof Problem && error.status === status;
