import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import classes from "./documents-page.module.css";

const PAUSE = 300; // milliseconds without a key: the person has finished a word

interface SearchBoxProps {
  q: string;
  onSearch: (q: string) => void;
}

/** Searches while one types, after each short pause. */
export function SearchBox({ q, onSearch }: SearchBoxProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(q);
  const timer = useRef<number>(undefined);

  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
    },
    [],
  );

  const search = (text: string, after: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(onSearch, after, text.trim());
  };

  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(typed, 0);
      }}
    >
      <TextInput
        type="search"
        size="md"
        radius="xl"
        maxLength={200}
        aria-label={t`Search your documents`}
        placeholder={t`Search your documents`}
        value={typed}
        className={classes.search}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value, PAUSE);
        }}
      />
    </form>
  );
}
