import { Select } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useDocuments } from "@/shared/signed-in/documents/use-documents";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { useDebounced } from "@/shared/use-debounced";

export interface Chosen {
  id: string;
  title: string;
}

interface DocumentChooserProps {
  chosen: Chosen | null;
  onChoose: (document: Chosen | null) => void;
}

/** One's own documents: those changed last, and, once something is typed, those that have it in them. */
export function DocumentChooser({ chosen, onChoose }: DocumentChooserProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  // What stands there after a choice is no search.
  const q = typed === chosen?.title ? "" : typed.trim();
  const found = useDocuments({ q: useDebounced(q), tag: "" });
  const items: Chosen[] = found.data ?? [];
  const offered = chosen && !items.some(({ id }) => id === chosen.id) ? [chosen, ...items] : items;
  const waits = found.isFetching || found.isPlaceholderData;

  return (
    <>
      <Select
        label={t`Document`}
        description={t`Type some of its title, and choose.`}
        size="md"
        searchable
        required
        value={chosen?.id ?? null}
        data={offered.map(({ id, title }) => ({ value: id, label: title }))}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(id) => {
          onChoose(offered.find((document) => document.id === id) ?? null);
        }}
        // The service has searched already, and better.
        filter={({ options }) => options}
        nothingFoundMessage={waits ? t`Searching…` : t`No document of yours is called so.`}
      />
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
    </>
  );
}
