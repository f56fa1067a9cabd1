import type { Element, ElementContent, Root } from "hast";
import { element, replaceTexts } from "@/shared/ui/markdown-marks";
import type { Citation } from "./api/stream-answer";

/** What a model writes as its sources. It may name what there is not: only what the service has checked is shown. */
const MARKS = /\s*[[【]\^?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*(?:[†:][^\]】\n]*)?[\]】]/gu;

export const withoutMarks = (text: string): string => text.replaceAll(MARKS, "");

interface Sentence {
  from: number;
  to: number;
  passages: number[];
}

export interface Shown {
  /** The link that leads to a source. */
  source: (number: number) => Element;
  /** The class of what rests on nothing. */
  unsupported: string;
}

/** Each sentence's place in the answer. */
export function sentencesOf(answer: string, citations: Citation[]): Sentence[] {
  let place = 0;
  return citations.flatMap(({ sentence, passages }) => {
    const from = answer.indexOf(sentence, place);
    if (from < 0) return [];
    place = from + sentence.length;
    return [{ from, to: place, passages }];
  });
}

/** A plugin of the Markdown renderer: after each sentence its sources, instead of the marks that the model wrote. */
export function cite(answer: string, citations: Citation[], shown: Shown) {
  const sentences = sentencesOf(answer, citations);
  return () => (tree: Root) => {
    withoutFootnotes(tree);
    const ends = endsOf(tree, sentences);
    replaceTexts(tree, (text, from, to) => {
      const exact = text.length === to - from;
      const cuts = exact ? cutsOf(sentences, from, to) : [from, to];
      return cuts.slice(0, -1).flatMap((start, index) => {
        const end = cuts[index + 1] ?? to;
        const part = exact ? text.slice(start - from, end - from) : text;
        const sentence = sentences.find((each) => each.from < end && start < each.to);
        const said = withoutMarks(part);
        const supported = !sentence || sentence.passages.length > 0 || said.trim() === "";
        const isEnd = sentence && ends.get(sentence) === from;
        return [
          supported ? said : element("span", said, { className: [shown.unsupported] }),
          ...(isEnd ? sentence.passages.map(shown.source) : []),
        ];
      });
    });
  };
}

/** Where in a text one sentence goes over into another. */
const cutsOf = (sentences: Sentence[], from: number, to: number): number[] => [
  from,
  ...sentences.map((each) => each.to).filter((cut) => from < cut && cut < to),
  to,
];

/** Of each sentence, where its last text begins. */
function endsOf(
  parent: Root | Element,
  sentences: Sentence[],
  ends = new Map<Sentence, number>(),
): Map<Sentence, number> {
  for (const node of parent.children) {
    if (node.type === "element" && node.tagName !== "code") endsOf(node, sentences, ends);
    if (node.type !== "text") continue;
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? 0;
    for (const each of sentences) if (each.from < to && from < each.to) ends.set(each, from);
  }
  return ends;
}

/** A footnote looks as a source does, and is the model's own. */
function withoutFootnotes(parent: Root | Element): void {
  parent.children = (parent.children as ElementContent[]).filter((node) => !isFootnote(node));
  for (const node of parent.children) if (node.type === "element") withoutFootnotes(node);
}

const isFootnote = (node: ElementContent): boolean =>
  node.type === "element" &&
  ("dataFootnoteRef" in node.properties ||
    "dataFootnotes" in node.properties ||
    (node.tagName === "sup" && node.children.some(isFootnote)));
