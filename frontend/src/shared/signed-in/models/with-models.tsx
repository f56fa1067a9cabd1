import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { useTabState } from "../use-tab-state";
import { type Model, modelsQuery } from "./models-query";

interface Choice {
  models: Model[];
  model: Model;
  choose: (id: string) => void;
}

/** What is done with a model that the person has chosen; or why none can be. */
export function WithModels({ children }: { children: (choice: Choice) => ReactNode }) {
  const models = useQuery(modelsQuery);
  const [chosen, choose] = useTabState<string | null>("model", null);

  if (models.isPending) return <Waiting />;
  if (models.isError)
    return <ProblemMessage error={models.error} retry={() => void models.refetch()} />;
  const model = models.data.find(({ id }) => id === chosen) ?? models.data[0];
  if (!model)
    return (
      <p>
        <Trans>There is no model that you may use. An administrator can connect one.</Trans>
      </p>
    );
  return children({
    models: models.data,
    model,
    choose: (id) => {
      choose(() => id);
    },
  });
}
