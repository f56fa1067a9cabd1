import { Textarea } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { Button } from "@/shared/ui/button";
import classes from "./chat.module.css";

interface ComposerProps {
  writing: boolean;
  onAsk: (text: string) => void;
  onStop: () => void;
}

/** Where the next question is typed: Enter sends it, Shift and Enter begin a new line. */
export function Composer({ writing, onAsk, onStop }: ComposerProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const form = useRef<HTMLFormElement>(null);

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
        label={t`Your message`}
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
      <div className={classes.foot}>
        {writing ? (
          <Button primary onClick={onStop}>
            <Trans>Stop</Trans>
          </Button>
        ) : (
          <Button primary type="submit" disabled={text.trim() === ""}>
            <Trans>Send</Trans>
          </Button>
        )}
        <Left />
      </div>
    </form>
  );
}

/** What may still be used; the month can end a budget before the day does. */
function Left() {
  const usage = useQuery(usageQuery);
  if (!usage.data) return null;
  const left = Math.min(usage.data.day.left, usage.data.month.left);
  return (
    <span className={classes.quiet}>
      <Plural
        value={left}
        one="You can still use # token today."
        other="You can still use # tokens today."
      />
    </span>
  );
}
