import { TextInput } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { useNavigation } from "react-router";
import { useDebounced } from "@/shared/use-debounced";

interface SearchBoxProps {
  q: string;
  /** What it is called: "Search your documents". */
  label: string;
  className?: string | undefined;
  onSearch: (q: string) => void;
}

/** Searches while one types, after each short pause: the person has finished a word. */
export function SearchBox({ q, label, className, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(q);
  const settled = useDebounced(typed.trim());

  // Who types and then follows a link goes there: a search would call them back.
  const stays = useNavigation().state === "idle";

  const searchSettled = useEffectEvent(() => {
    if (settled !== q) onSearch(settled);
  });
  useEffect(() => {
    if (stays) searchSettled();
  }, [settled, stays]);

  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <TextInput
        type="search"
        size="md"
        radius="xl"
        maxLength={200}
        aria-label={label}
        placeholder={label}
        value={typed}
        className={className}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
    </form>
  );
}
