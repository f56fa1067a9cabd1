import type { components } from "@/shared/api/backend.gen";

/** How long a token lives: so many days, until a day of one's own choice, or without end. */
export const lives = ["7", "30", "90", "365", "date", "never"] as const;
export type Life = (typeof lives)[number];

/** What is typed into the form. Nothing secret: it may be kept while the person signs in again. */
export interface Draft {
  name: string;
  permissions: string[];
  life: Life;
  /** `2026-12-31`; counts only where `life` is "date". */
  date: string;
}

export const emptyDraft: Draft = { name: "", permissions: [], life: "30", date: "" };

const DAY = 24 * 60 * 60 * 1000;

/** The moment when the token ends; null for never, and for a date that is none. */
function endOf({ life, date }: Draft): string | null {
  if (life === "never") return null;
  if (life !== "date") return new Date(Date.now() + Number(life) * DAY).toISOString();
  // The last second of that day where the person is.
  const end = new Date(`${date}T23:59:59`);
  return Number.isNaN(end.valueOf()) ? null : end.toISOString();
}

/** A date that is missing, or no date, must not become "never". */
export const lacksDate = ({ life, date }: Draft): boolean =>
  life === "date" && Number.isNaN(Date.parse(date));

export const asBody = (draft: Draft): components["schemas"]["TokenDraft"] => ({
  name: draft.name,
  permissions: draft.permissions,
  expires_at: endOf(draft),
});
