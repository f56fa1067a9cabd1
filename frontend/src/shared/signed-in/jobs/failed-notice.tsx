import type { ReactNode } from "react";
import problem from "@/shared/ui/problem-message.module.css";
import type { Job } from "./job";
import classes from "./jobs.module.css";
import { useToldWords, type Words } from "./use-told-words";

interface FailedNoticeProps {
  title: ReactNode;
  reason: NonNullable<Job["reason"]>;
  words: Words;
  /** What stays all the same. */
  children: ReactNode;
}

/** Why a job has failed. */
export function FailedNotice({ title, reason, words, children }: FailedNoticeProps) {
  const wordsFor = useToldWords(words);
  return (
    <section role="alert" className={`${problem.problem} ${classes.failed}`}>
      <p className={problem.title}>{title}</p>
      <p>{wordsFor(reason)}</p>
      {children}
    </section>
  );
}
