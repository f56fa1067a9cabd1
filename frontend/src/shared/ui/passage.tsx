import { useMemo } from "react";
import { Markdown } from "./markdown";
import { markWords } from "./markdown-marks";
import classes from "./passage.module.css";

interface PassageProps {
  text: string;
  /** What it answers: its words are marked. */
  question: string;
}

/** A part of a document, as it reads there. */
export default function Passage({ text, question }: PassageProps) {
  const marks = useMemo(() => [markWords(question)], [question]);
  return (
    <blockquote className={classes.passage}>
      <Markdown text={text} part marks={marks} />
    </blockquote>
  );
}
