import { useMutation } from "@tanstack/react-query";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";
import { WaitingForModel } from "@/shared/ui/waiting-for-model";
import { type Tool, tryAi } from "./api/try-ai";
import section from "./section.module.css";
import { TriedResult } from "./tried-result";
import classes from "./try-ai.module.css";

const words: ProblemWords = {
  404: {
    title: msg`There is no AI here`,
    advice: msg`Who runs this Zaguán has turned its AI service off. Everything else works.`,
  },
};

/** Too many requests within a second have the same status, and words of their own. */
const usedUp: ProblemWords = {
  429: {
    title: msg`That is all for today`,
    advice: msg`Visitors have a small budget for each day. Sign in for a larger one.`,
  },
};

const wordsFor = (problem: unknown): ProblemWords =>
  problem instanceof Problem && problem.slug === "budget-used-up" ? { ...words, ...usedUp } : words;

/** The AI service, open to visitors within a small budget: the same path through the door. */
export function TryAi() {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const running = useRef<AbortController>(null);
  const trying = useMutation({
    mutationFn: (wanted: { tool: Tool; text: string }) => {
      running.current = new AbortController();
      setSaid("");
      return tryAi({ ...wanted, signal: running.current.signal, onSaid: setSaid });
    },
  });
  useEffect(() => () => running.current?.abort(), []);
  const stopped = trying.error instanceof DOMException && trying.error.name === "AbortError";
  const stop = () => running.current?.abort();
  const tools: { tool: Tool; name: string }[] = [
    { tool: "search", name: t`Find samples about it` },
    { tool: "tags", name: t`Tell language and tags` },
    { tool: "chat", name: t`Let a small model answer` },
  ];

  return (
    <section className={section.section} aria-labelledby="ai-title">
      <h2 id="ai-title">
        <Trans>Try the AI, too</Trans>
      </h2>
      <p className={section.intro}>
        <Trans>
          The models run on this server; what you type is not kept. The small chat model writes
          English only and invents facts: signed in, you may use better ones if they are connected.
        </Trans>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <textarea
          value={text}
          rows={3}
          maxLength={500}
          aria-label={t`Some words of yours`}
          placeholder={t`For example: something cool to eat on a hot day`}
          className={classes.text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <p className={classes.tools}>
          {tools.map(({ tool, name }) => (
            <Button
              key={tool}
              disabled={text.trim() === ""}
              busy={trying.isPending}
              onClick={() => {
                trying.mutate({ tool, text: text.trim() });
              }}
            >
              {name}
            </Button>
          ))}
        </p>
      </form>
      <div aria-live="polite" aria-busy={trying.isPending} className={classes.result}>
        {said !== "" && !trying.data && (
          <TriedResult tried={{ tool: "chat", text: said, cut: false }} />
        )}
        {trying.isPending && (
          <WaitingForModel loads key={said === "" ? "begins" : "goes on"} onStop={stop}>
            {said === "" ? <Trans>Thinking…</Trans> : <Trans>Writing…</Trans>}
          </WaitingForModel>
        )}
        {stopped && <Trans>You stopped it.</Trans>}
        {trying.data && <TriedResult tried={trying.data} />}
      </div>
      {trying.isError && !stopped && (
        <ProblemMessage error={trying.error} words={wordsFor(trying.error)} />
      )}
    </section>
  );
}
