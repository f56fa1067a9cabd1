import { browserStorage } from "@/shared/browser-storage";

/** Text that a person typed and that is not saved yet. */
export interface Draft {
  title: string;
  body: string;
  tags: string[];
  /** The version that was being edited; null for a new document. */
  etag: string | null;
}

const PREFIX = "zaguan-draft:";
const keyOf = (userId: string, documentId: string) => `${PREFIX}${userId}:${documentId}`;

const isDraft = (value: unknown): value is Draft =>
  typeof value === "object" &&
  value !== null &&
  "title" in value &&
  "body" in value &&
  "tags" in value;

function parse(kept: string | null): Draft | null {
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Unsaved text outlives an ended session, a reload and a crash in this browser. It is kept per
 * person and document, so that nobody else who signs in here meets it, and goes at sign-out.
 */
export const drafts = {
  get: (userId: string, documentId: string): Draft | null =>
    parse(browserStorage.get(keyOf(userId, documentId))),

  keep: (userId: string, documentId: string, draft: Draft): boolean =>
    browserStorage.set(keyOf(userId, documentId), JSON.stringify(draft)),

  drop: (userId: string, documentId: string): void => {
    browserStorage.remove(keyOf(userId, documentId));
  },

  of: (userId: string): string[] =>
    browserStorage.keys().filter((key) => key.startsWith(`${PREFIX}${userId}:`)),

  dropAll(userId: string): void {
    for (const key of drafts.of(userId)) browserStorage.remove(key);
  },
};
