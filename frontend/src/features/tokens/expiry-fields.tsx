import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { type Draft, type Life, lives } from "./draft";

interface ExpiryFieldsProps {
  draft: Draft;
  error: ReactNode;
  change: (changed: Partial<Draft>) => void;
}

export function ExpiryFields({ draft, error, change }: ExpiryFieldsProps) {
  const { t } = useLingui();
  const words: Record<Life, string> = {
    "7": t`In 7 days`,
    "30": t`In 30 days`,
    "90": t`In 90 days`,
    "365": t`In a year`,
    date: t`At the end of a day that I choose`,
    never: t`Never`,
  };

  return (
    <>
      <NativeSelect
        label={t`Expires`}
        description={
          draft.life === "never"
            ? t`Whoever finds it can use it for ever. Choose this only where a token cannot be renewed.`
            : undefined
        }
        size="md"
        data={lives.map((life) => ({ value: life, label: words[life] }))}
        value={draft.life}
        error={draft.life !== "date" && error}
        onChange={(event) => {
          change({ life: event.currentTarget.value as Life });
        }}
      />
      {draft.life === "date" && (
        <TextInput
          type="date"
          label={t`Its last day`}
          required
          size="md"
          value={draft.date}
          error={error}
          onChange={(event) => {
            change({ date: event.currentTarget.value });
          }}
        />
      )}
    </>
  );
}
