import { TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { BudgetLeft } from "@/shared/signed-in/models/budget-left";
import classes from "./ask.module.css";

interface QuestionFormProps {
  /** What was asked last. */
  asked: string;
  busy: boolean;
  onAsk: (question: string) => void;
  onStop: () => void;
}

export function QuestionForm({ asked, busy, onAsk, onStop }: QuestionFormProps) {
  const { t } = useLingui();
  const [question, setQuestion] = useState(asked);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && question.trim() !== "") onAsk(question.trim());
      }}
    >
      <TextInput
        label={t`Your question`}
        size="md"
        maxLength={500}
        value={question}
        className={classes.question}
        onChange={(event) => {
          setQuestion(event.currentTarget.value);
        }}
      />
      {busy ? (
        <Button primary onClick={onStop}>
          <Trans>Stop</Trans>
        </Button>
      ) : (
        <Button primary type="submit" disabled={question.trim() === ""}>
          <Trans>Ask</Trans>
        </Button>
      )}
      <BudgetLeft />
    </form>
  );
}
