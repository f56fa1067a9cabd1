import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ModelNote } from "@/shared/signed-in/models/model-note";
import { isBundled, modelsQuery } from "@/shared/signed-in/models/models-query";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { Kind } from "./kinds";

interface ModelChoiceProps {
  kind: Kind;
  /** Empty for the usual one, which the service knows. */
  chosen: string;
  onChoose: (model: string) => void;
}

/** Who does it. The bundled model cannot translate: where there is no other, dictionaries do. */
export function ModelChoice({ kind, chosen, onChoose }: ModelChoiceProps) {
  const { t } = useLingui();
  const { data: models = [], error, refetch } = useQuery(modelsQuery);
  const [usual] = models;
  const byDictionary = kind === "translate" && (!usual || isBundled(usual));
  const able = kind === "translate" ? models.filter((model) => !isBundled(model)) : models;
  const model = models.find(({ id }) => id === chosen) ?? usual;

  if (error) return <ProblemMessage error={error} retry={() => void refetch()} />;
  return (
    <>
      <NativeSelect
        label={t`Model`}
        size="md"
        value={chosen || (byDictionary ? "" : usual?.id)}
        data={[
          ...(byDictionary ? [{ value: "", label: t`Dictionaries (Apertium)` }] : []),
          ...able.map(({ id }) => ({ value: id, label: id })),
        ]}
        onChange={(event) => {
          onChoose(event.currentTarget.value);
        }}
      />
      {kind === "summarise" && model && <ModelNote model={model} />}
    </>
  );
}
