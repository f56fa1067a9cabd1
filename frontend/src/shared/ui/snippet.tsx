import type { components } from "@/shared/api/documents.gen";

/** The part of a text where a search found something. */
export function Snippet({ parts }: { parts: components["schemas"]["SnippetPart"][] }) {
  return parts.map(({ text, match }, index) => (match ? <mark key={index}>{text}</mark> : text));
}
