import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ModelNote } from "@/shared/signed-in/models/model-note";
import { ModelSelect } from "@/shared/signed-in/models/model-select";
import models from "@/shared/signed-in/models/models.module.css";
import { isBundled, type Model } from "@/shared/signed-in/models/models-query";
import { WithModels } from "@/shared/signed-in/models/with-models";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { Composer } from "./composer";
import { KeepConversation } from "./keep-conversation";
import { Turns } from "./turns";
import { useConversation } from "./use-conversation";

export function ChatPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`Chat`} />
      <WithModels>{(choice) => <Chat {...choice} />}</WithModels>
    </>
  );
}

interface ChatProps {
  models: Model[];
  model: Model;
  choose: (id: string) => void;
}

function Chat({ models: all, model, choose }: ChatProps) {
  const conversation = useConversation();
  const { talk, writing } = conversation;
  const [editing, setEditing] = useState<string | null>(null);

  return (
    <>
      <p>
        <Trans>
          Nothing of a conversation is stored: it is in this tab only, and gone when you close or
          reload it, unless you keep it. Then it is a document of yours.
        </Trans>
      </p>
      <div className={models.top}>
        <ModelSelect models={all} chosen={model.id} onChoose={choose} disabled={writing} />
        {talk.turns.length > 0 && (
          <Button
            small
            onClick={() => {
              setEditing(null);
              conversation.clear();
            }}
          >
            <Trans>New conversation</Trans>
          </Button>
        )}
      </div>
      <ModelNote model={model} />
      <Turns
        talk={talk}
        loads={isBundled(model)}
        onAgain={() => {
          conversation.again(model.id);
        }}
        onForget={() => {
          conversation.forget(model.id);
        }}
        onEdit={setEditing}
      />
      {talk.turns.length > 0 && <KeepConversation talk={talk} writing={writing} />}
      <Composer
        writing={writing}
        editing={editing}
        onStop={conversation.stop}
        onCancel={() => {
          setEditing(null);
        }}
        onAsk={(text) => {
          if (editing === null) conversation.ask(model.id, text);
          else conversation.askInstead(model.id, text);
          setEditing(null);
        }}
      />
    </>
  );
}
