import { isProblem } from "@/shared/api/problem";
import { createDocument } from "./create-document";
import { replaceDocument } from "./replace-document";
import type { DocumentDraft, VersionedDocument } from "./versioned";

/** Saves what was written here; over what was saved of it before, unless somebody has changed that meanwhile. */
export async function keepDocument(
  draft: DocumentDraft,
  before: VersionedDocument | null,
): Promise<VersionedDocument> {
  if (!before) return createDocument(draft);
  try {
    return await replaceDocument(before.document.id, before.etag, draft);
  } catch (problem) {
    if (isProblem(problem, 404) || isProblem(problem, 412)) return createDocument(draft);
    throw problem;
  }
}

const LONGEST = 200; // characters of a title

/** One line, as long as a title may be. */
export function titleOf(text: string): string {
  const characters = Array.from(text.trim().replaceAll(/\s+/g, " "));
  return characters.length <= LONGEST
    ? characters.join("")
    : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
