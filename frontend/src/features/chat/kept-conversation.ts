import type { Conversation, Turn } from "./conversation";

interface Words {
  you: string;
  unfinished: string;
}

/** The conversation as the body of a document: who said what, in order. */
export const bodyOf = ({ turns }: Conversation, words: Words): string =>
  turns
    .filter(({ text }) => text !== "")
    .map((turn) => `# ${whose(turn, words)}\n\n${said(turn, words)}`)
    .join("\n\n");

export const firstQuestion = ({ turns }: Conversation): string =>
  turns.find(({ role }) => role === "user")?.text ?? "";

const whose = ({ role, model }: Turn, { you }: Words) => (role === "user" ? you : (model ?? ""));

/** A question is what the person typed, not Markdown that they wrote: its lines stay lines. */
function said({ role, text, state }: Turn, { unfinished }: Words): string {
  if (role === "user") return text.replaceAll("\n", "  \n");
  return state === "done" ? text : `${text}\n\n*(${unfinished})*`;
}
