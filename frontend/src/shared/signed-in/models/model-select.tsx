import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import type { Model } from "./models-query";

interface ModelSelectProps {
  models: Model[];
  chosen: string;
  disabled: boolean;
  onChoose: (id: string) => void;
}

export function ModelSelect({ models, chosen, disabled, onChoose }: ModelSelectProps) {
  const { t } = useLingui();
  return (
    <NativeSelect
      label={t`Model`}
      value={chosen}
      disabled={disabled}
      data={models.map(({ id }) => id)}
      onChange={(event) => {
        onChoose(event.currentTarget.value);
      }}
    />
  );
}
