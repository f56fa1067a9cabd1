import { addressOf } from "@/shared/signed-in/documents/place";
import type { Asked } from "./asked";
import { sentencesOf, withoutMarks } from "./cite";
import type { Passage } from "./api/stream-answer";

interface Words {
  sources: string;
  unfinished: string;
}

/** The answer as the body of a document: its sources are links to the passages. */
export function bodyOf(asked: Asked, words: Words): string {
  const { state, cut, passages = [], model } = asked;
  const whole = state === "done" && !cut;
  const parts = [
    cited(asked),
    whole ? "" : `*(${words.unfinished})*`,
    model ? `— ${model}` : "",
    passages.length > 0 ? `# ${words.sources}` : "",
    // Not their texts: they stand in their documents, and a search would find them twice.
    passages.map(sourceOf).join("\n"),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function cited({ text, citations = [], passages = [] }: Asked): string {
  let place = 0;
  let body = "";
  for (const { from, to, passages: numbers } of sentencesOf(text, citations)) {
    body += text.slice(place, from) + withoutMarks(text.slice(from, to));
    body += numbers.map((number) => linkTo(passages, number)).join("");
    place = to;
  }
  return body + withoutMarks(text.slice(place));
}

function linkTo(passages: Passage[], number: number): string {
  const passage = passages.find((each) => each.number === number);
  return passage ? ` [\\[${number}\\]](${address(passage)})` : "";
}

const sourceOf = (passage: Passage): string =>
  `- [\\[${passage.number}\\] ${escaped(passage.title)}](${address(passage)})`;

const address = ({ document_id, start, text }: Passage) => addressOf(document_id, start, text);

const escaped = (title: string) => title.replaceAll(/[\\[\]*_`<>]/g, "\\$&");
