import { msg } from "@lingui/core/macro";
import { TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";
import classes from "./programs.module.css";

export const codeWords: ProblemWords = {
  404: {
    title: msg`There is no such code`,
    advice: msg`Compare it with what the program shows. A code lasts ten minutes and works once; the program can show you another.`,
  },
  429: {
    title: msg`Too many wrong codes`,
    advice: msg`Wait ten minutes, then try again.`,
  },
};

interface CodeFormProps {
  /** The code that the link brought along, if there was one. */
  inAddress: string;
  busy: boolean;
  error: Error | null;
  onCode: (code: string) => void;
}

export function CodeForm({ inAddress, busy, error, onCode }: CodeFormProps) {
  const { t } = useLingui();
  const [code, setCode] = useState(inAddress);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <p>
        {inAddress ? (
          <Trans>
            This code came with the link. Go on only if a program of yours shows the same one:
            whoever sent you the link may want to sign in as you.
          </Trans>
        ) : (
          <Trans>Type the code that the program shows.</Trans>
        )}
      </p>
      <TextInput
        label={t`Code`}
        required
        size="lg"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        classNames={{ input: classes.typed }}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value);
        }}
      />
      {error && <ProblemMessage error={error} words={codeWords} />}
      <Actions>
        <Button primary type="submit" busy={busy}>
          <Trans>Go on</Trans>
        </Button>
      </Actions>
    </form>
  );
}
