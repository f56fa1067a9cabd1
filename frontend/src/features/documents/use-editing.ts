import { useEffect, useState } from "react";
import { useAccount } from "@/shared/session/account-context";
import { drafts } from "@/shared/session/drafts";
import { leaving } from "@/shared/session/leaving";

export interface Fields {
  title: string;
  body: string;
  tags: string[];
}

const same = (a: Fields, b: Fields) =>
  a.title === b.title && a.body === b.body && a.tags.join("\n") === b.tags.join("\n");

interface Editing {
  fields: Fields;
  /** The version that these fields were made from. */
  etag: string | null;
  /** Whether they began as unsaved text of an earlier visit. */
  restored: boolean;
  /** Whether nothing has been typed since they were saved, or begun anew. */
  settled: boolean;
}

/** The fields of the editor, kept in this browser while they differ from what is saved. */
export function useEditing(draftId: string, saved: Fields, savedEtag: string | null) {
  const { id: userId } = useAccount();
  const [editing, setEditing] = useState<Editing>(() => {
    const draft = drafts.get(userId, draftId);
    if (draft) return { fields: draft, etag: draft.etag, restored: true, settled: false };
    return { fields: saved, etag: savedEtag, restored: false, settled: true };
  });
  const { fields, etag, settled } = editing;
  const [seen, setSeen] = useState(saved);
  if (saved !== seen) {
    // A newer version has come. Who has changed nothing goes on from it; for others it is a conflict, told when they save.
    setSeen(saved);
    if (same(fields, seen) && !same(fields, saved))
      setEditing({ fields: saved, etag: savedEtag, restored: false, settled: true });
  }
  const dirty = !settled && !same(fields, saved);

  // At once, not after a pause: the page may be taken away at any moment, by the news that the session has ended too.
  useEffect(() => {
    if (leaving.get()) return;
    if (dirty) drafts.keep(userId, draftId, { ...fields, etag });
    else drafts.drop(userId, draftId);
  }, [userId, draftId, fields, etag, dirty]);

  return {
    ...editing,
    dirty,
    change: (part: Partial<Fields>) => {
      setEditing((now) => ({ ...now, fields: { ...now.fields, ...part }, settled: false }));
    },
    /** Starts again from another text, as it is saved. */
    startFrom: (next: Fields, nextEtag: string | null) => {
      drafts.drop(userId, draftId);
      setEditing({ fields: next, etag: nextEtag, restored: false, settled: true });
    },
  };
}
