import { Trans, useLingui } from "@lingui/react/macro";
import { ModelNote } from "@/shared/signed-in/models/model-note";
import { ModelSelect } from "@/shared/signed-in/models/model-select";
import models from "@/shared/signed-in/models/models.module.css";
import { isBundled, type Model } from "@/shared/signed-in/models/models-query";
import { WithModels } from "@/shared/signed-in/models/with-models";
import { PageHeading } from "@/shared/ui/page-heading";
import { Answer } from "./answer";
import classes from "./ask.module.css";
import { QuestionForm } from "./question-form";
import { useAsking } from "./use-asking";

export function AskPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`Ask my documents`} />
      <p>
        <Trans>
          A model answers from passages of your documents, and each sentence shows on which it
          rests. Where your documents say nothing, no answer is invented. Nothing is stored unless
          you keep it.
        </Trans>
      </p>
      <WithModels>{(choice) => <Asking {...choice} />}</WithModels>
    </>
  );
}

interface AskingProps {
  models: Model[];
  model: Model;
  choose: (id: string) => void;
}

function Asking({ models: all, model, choose }: AskingProps) {
  const { asked, ask, stop } = useAsking();
  const busy = asked?.state === "asking";
  return (
    <>
      <div className={models.top}>
        <ModelSelect models={all} chosen={model.id} onChoose={choose} disabled={busy} />
      </div>
      <ModelNote model={model} />
      <QuestionForm
        asked={asked?.question ?? ""}
        busy={busy}
        onAsk={(question) => void ask(question, model.id)}
        onStop={stop}
      />
      <div className={classes.result}>
        {asked && <Answer asked={asked} loads={isBundled(model)} />}
      </div>
    </>
  );
}
