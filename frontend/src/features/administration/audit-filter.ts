import type { AuditFilter } from "./api/search-audit";

/** What the form of the audit holds, and its address too; an empty text leaves it open. */
export interface AuditForm {
  person: string;
  action: string;
  request_id: string;
  /** The first and the last day, as the person's calendar has them: `2026-11-25`. */
  from: string;
  to: string;
}

export const formOf = (params: URLSearchParams): AuditForm => ({
  person: params.get("person") ?? "",
  action: params.get("action") ?? "",
  request_id: params.get("request_id") ?? "",
  from: dayOf(params.get("from")),
  to: dayOf(params.get("to")),
});

/** What is filled in, for the address. */
export const filledIn = (form: AuditForm): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]: [string, string]) =>
      value.trim() ? [[name, value.trim()]] : [],
    ),
  );

/** The same as the server asks for it: both days count in full, in this person's time zone. */
export function filterOf({ from, to, ...form }: AuditForm): AuditFilter {
  const { person, action, request_id } = filledIn({ ...form, from: "", to: "" });
  return {
    ...(person && { person }),
    ...(action && { action }),
    ...(request_id && { request_id }),
    ...(from && { since: startOf(from, 0) }),
    ...(to && { until: startOf(to, 1) }),
  };
}

/** Whoever typed an address by hand may have typed no day. */
const dayOf = (text: string | null): string =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";

function startOf(day: string, daysLater: number): string {
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + daysLater);
  return moment.toISOString();
}
