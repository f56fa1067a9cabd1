import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Answer } from "./answer";
import { askDocuments } from "./api/ask-documents";
import { QuestionForm } from "./question-form";
import classes from "./ask.module.css";

export function AskPage() {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const running = useRef<AbortController>(null);
  const asking = useMutation({
    mutationFn: (question: string) => {
      running.current = new AbortController();
      return askDocuments(question, running.current.signal);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: usageQuery.queryKey }),
  });
  useEffect(() => () => running.current?.abort(), []);
  const stopped = asking.error instanceof DOMException && asking.error.name === "AbortError";

  return (
    <>
      <PageHeading title={t`Ask my documents`} />
      <p>
        <Trans>
          A model answers from passages of your documents, and each sentence shows on which it
          rests. Where your documents say nothing, no answer is invented.
        </Trans>
      </p>
      <QuestionForm
        busy={asking.isPending}
        onAsk={(question) => {
          asking.mutate(question);
        }}
        onStop={() => running.current?.abort()}
      />
      <div aria-busy={asking.isPending} className={classes.result}>
        {asking.isPending && (
          <p role="status">
            <Trans>Reading your documents…</Trans>
          </p>
        )}
        {stopped && (
          <p role="status">
            <Trans>You stopped this question.</Trans>
          </p>
        )}
        {asking.isError && !stopped && <ProblemMessage error={asking.error} />}
        {asking.data && <Answer question={asking.variables} answered={asking.data} />}
      </div>
    </>
  );
}
