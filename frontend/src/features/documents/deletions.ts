import { createStore } from "@/shared/store";

/** A document that the person deleted and may still take back. */
export interface Deletion {
  id: string;
  title: string;
  etag: string;
}

/**
 * Deleting waits until "Undo" has gone away; only then the request is sent. A tab that closes
 * meanwhile therefore loses nothing: the document is still there. (Deleting at once and creating
 * anew on undo could lose it, and would give it another id and date.)
 */
export const deletions = createStore<readonly Deletion[]>([]);

export function deleteSoon(deletion: Deletion): void {
  deletions.set([...deletions.get().filter(({ id }) => id !== deletion.id), deletion]);
}

export function takeBack(id: string): void {
  deletions.set(deletions.get().filter((deletion) => deletion.id !== id));
}
