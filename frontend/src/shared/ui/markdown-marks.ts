import type { Element, ElementContent, Root, RootContent } from "hast";

/*
 * Plugins of the Markdown renderer that mark something of the text. They see the tree that is rendered, never HTML: what
 * a text says stays text.
 */

type Part = ElementContent | string;

/** Words that say nothing about what is looked for. */
const EMPTY = new Set(
  (
    "about and are can como con cual cuando cuál cuándo cómo del desde did does donde dónde ella ellos esta este esto " +
    "from had has have her his how las los mis más not para pero por porque qué que quien quién she sin sobre sus that " +
    "the their them there they this una unas uno unos was what when where which who whose why with you your"
  )
    .split(" ")
    .map(folded),
);
const SHORTEST = 3;
const COMMON = 4; // letters that two forms of a word share, at least

function folded(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The words of a question in a passage that answers it, whatever their accents and endings. */
export function markWords(question: string) {
  const wanted = (question.match(/[\p{L}\p{N}]+/gu) ?? [])
    .map(folded)
    .filter((word) => word.length >= SHORTEST && !EMPTY.has(word));
  return () => (tree: Root) => {
    if (wanted.length > 0) replaceTexts(tree, (text) => withMarks(text, wanted));
  };
}

function withMarks(text: string, wanted: string[]): Part[] {
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .filter((part) => part !== "")
    .map((part) =>
      wanted.some((word) => isForm(folded(part), word)) ? element("mark", part) : part,
    );
}

/** Whether two words differ in their endings only. */
function isForm(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (
    one === other ||
    (short.length >= COMMON && long.length - short.length <= 3 && long.startsWith(short))
  );
}

const PARTS = new Set(["p", "li", "tr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]);

/** The paragraphs, lines and headings between two places of the text; the first gets an id to go to. */
export function markPlace(from: number, to: number, id: string, className: string) {
  return () => (tree: Root) => {
    let first = true;
    const mark = (nodes: (RootContent | ElementContent)[]) => {
      for (const node of nodes) {
        if (node.type !== "element" || !overlaps(node, from, to)) continue;
        if (!PARTS.has(node.tagName)) {
          mark(node.children);
          continue;
        }
        node.properties.className = [className];
        if (first) Object.assign(node.properties, { id, tabIndex: -1 });
        first = false;
      }
    };
    mark(tree.children);
  };
}

const overlaps = ({ position }: Element, from: number, to: number): boolean =>
  (position?.start.offset ?? Infinity) < to && (position?.end.offset ?? -1) > from;

export const element = (
  tagName: string,
  children: Part | Part[],
  properties: Element["properties"] = {},
): Element => ({
  type: "element",
  tagName,
  properties,
  children: [children].flat().map(asNode),
});

const asNode = (part: Part): ElementContent =>
  typeof part === "string" ? { type: "text", value: part } : part;

/** Puts something else in the place of each text, but for code; `at` is where the text begins in the source. */
export function replaceTexts(
  parent: Root | Element,
  replaced: (text: string, from: number, to: number) => Part[],
): void {
  parent.children = (parent.children as ElementContent[]).flatMap((node) => {
    if (node.type === "text") {
      const { start, end } = node.position ?? {};
      return replaced(node.value, start?.offset ?? 0, end?.offset ?? 0).map(asNode);
    }
    if (node.type === "element" && node.tagName !== "code") replaceTexts(node, replaced);
    return [node];
  });
}
