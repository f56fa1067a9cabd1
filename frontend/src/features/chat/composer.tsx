import { Textarea } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { BudgetLeft } from "@/shared/signed-in/models/budget-left";
import models from "@/shared/signed-in/models/models.module.css";
import { Button } from "@/shared/ui/button";
import classes from "./chat.module.css";

interface ComposerProps {
  writing: boolean;
  /** The last question, when it is that what is written anew. */
  editing: string | null;
  onAsk: (text: string) => void;
  onStop: () => void;
  onCancel: () => void;
}

/** Where the next question is typed: Enter sends it, Shift and Enter begin a new line. */
export function Composer({ writing, editing, onAsk, onStop, onCancel }: ComposerProps) {
  const { t } = useLingui();
  const [text, setText] = useState(editing ?? "");
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [seen, setSeen] = useState(editing);
  if (editing !== seen) {
    setSeen(editing);
    setText(editing ?? "");
  }

  useEffect(() => {
    if (editing !== null) field.current?.focus();
  }, [editing]);

  return (
    <form
      ref={form}
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        if (writing || text.trim() === "") return;
        onAsk(text.trim());
        setText("");
      }}
    >
      <Textarea
        ref={field}
        label={editing === null ? t`Your message` : t`Your last question, anew`}
        size="md"
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        description={t`Enter sends it; Shift and Enter begin a new line.`}
        inputWrapperOrder={["label", "input", "description"]}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          // While an input method composes a letter, Enter belongs to it.
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          form.current?.requestSubmit();
        }}
      />
      <div className={models.foot}>
        {writing ? (
          <Button primary onClick={onStop}>
            <Trans>Stop</Trans>
          </Button>
        ) : (
          <Button primary type="submit" disabled={text.trim() === ""}>
            <Trans>Send</Trans>
          </Button>
        )}
        {editing !== null && (
          <Button onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
        )}
        <BudgetLeft />
      </div>
    </form>
  );
}
