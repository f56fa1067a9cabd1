import { useMutation, useQueryClient } from "@tanstack/react-query";
import { documentQuery } from "./api/read-document";
import { fetchListsAnew } from "@/shared/signed-in/documents/use-documents";
import type { VersionedDocument } from "@/shared/signed-in/documents/versioned";
import type { Fields } from "./use-editing";

interface SaveOptions {
  save: (fields: Fields, etag: string) => Promise<VersionedDocument>;
  onSaved: (saved: VersionedDocument) => void;
}

/** Saves, and lets the lists be fetched anew. */
export function useSave({ save, onSaved }: SaveOptions) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ fields, etag }: { fields: Fields; etag: string }) => {
      const { title, body, tags } = fields;
      return save({ title, body, tags }, etag);
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(documentQuery(saved.document.id).queryKey, saved);
      fetchListsAnew(queryClient);
      onSaved(saved);
    },
  });
}
