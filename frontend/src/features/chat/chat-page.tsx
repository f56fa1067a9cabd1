import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { listModels, type Model } from "./api/list-models";
import { Composer } from "./composer";
import classes from "./chat.module.css";
import { ModelNote } from "./model-note";
import { ModelSelect } from "./model-select";
import { TurnView } from "./turn-view";
import { useConversation } from "./use-conversation";

export function ChatPage() {
  const { t } = useLingui();
  const models = useQuery({
    queryKey: ["ai", "models"],
    queryFn: ({ signal }) => listModels(signal),
  });

  return (
    <>
      <PageHeading title={t`Chat`} />
      {models.isPending && <Waiting />}
      {models.isError && (
        <ProblemMessage error={models.error} retry={() => void models.refetch()} />
      )}
      {models.data && <Chat models={models.data} />}
    </>
  );
}

function Chat({ models }: { models: Model[] }) {
  const [chosen, setChosen] = useState(models[0]?.id ?? "");
  const conversation = useConversation();
  const { turns, writing } = conversation;
  const model = models.find(({ id }) => id === chosen);

  if (!model)
    return (
      <p>
        <Trans>There is no model that you may use. An administrator can connect one.</Trans>
      </p>
    );
  return (
    <>
      <div className={classes.top}>
        <ModelSelect models={models} chosen={chosen} onChoose={setChosen} disabled={writing} />
        {turns.length > 0 && (
          <Button small onClick={conversation.clear}>
            <Trans>New conversation</Trans>
          </Button>
        )}
      </div>
      <ModelNote model={model} />
      {/* What is written is told to a screen reader when it is whole, by the turn itself. */}
      <ol className={classes.turns}>
        {turns.map((turn, place) => (
          <TurnView
            key={turn.id}
            turn={turn}
            onAgain={
              place === turns.length - 1 && !writing
                ? () => {
                    conversation.again(chosen);
                  }
                : undefined
            }
          />
        ))}
      </ol>
      <Composer
        writing={writing}
        onStop={conversation.stop}
        onAsk={(text) => {
          conversation.ask(chosen, text);
        }}
      />
    </>
  );
}
