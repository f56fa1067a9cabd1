import { NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import type { Wish } from "@/shared/signed-in/ai-jobs/api/begin-job";
import { refusalWords } from "@/shared/signed-in/ai-jobs/refusals";
import { useBeginning } from "@/shared/signed-in/ai-jobs/use-beginning";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./ai-jobs.module.css";
import { type Chosen, DocumentChooser } from "./document-chooser";
import { isOfOne, type Kind } from "./kinds";
import { KindChoice } from "./kind-choice";
import { ModelChoice } from "./model-choice";
import { BudgetLeft } from "@/shared/signed-in/models/budget-left";

export function BeginForm() {
  const { t } = useLingui();
  const account = useAccount();
  const [kind, setKind] = useState<Kind>(may(account, "documents:write") ? "summarise" : "index");
  const [document, setDocument] = useState<Chosen | null>(null);
  const [into, setInto] = useState<"es" | "en">("es");
  const [model, setModel] = useState("");
  const beginning = useBeginning();
  const ofOne = isOfOne(kind);

  const wish: Wish = {
    kind,
    ...(ofOne && document && { document: document.id }),
    ...(ofOne && model && { model }),
    ...(kind === "translate" && { into }),
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!beginning.isPending) beginning.mutate(wish);
      }}
    >
      <KindChoice
        chosen={kind}
        onChoose={(next) => {
          setKind(next);
          setModel("");
          beginning.reset();
        }}
      />
      {ofOne && <DocumentChooser chosen={document} onChoose={setDocument} />}
      {kind === "translate" && (
        <NativeSelect
          label={t`Into which language`}
          size="md"
          value={into}
          data={[
            { value: "es", label: t`Spanish` },
            { value: "en", label: t`English` },
          ]}
          onChange={(event) => {
            setInto(event.currentTarget.value === "en" ? "en" : "es");
          }}
        />
      )}
      {ofOne && <ModelChoice kind={kind} chosen={model} onChoose={setModel} />}
      {beginning.isError && (
        <ProblemMessage error={beginning.error} words={refusalWords(beginning.error)} />
      )}
      <Actions>
        <Button
          primary
          type="submit"
          busy={beginning.isPending}
          disabled={ofOne && document === null}
        >
          <Trans>Begin</Trans>
        </Button>
        {ofOne && <BudgetLeft />}
      </Actions>
    </form>
  );
}
