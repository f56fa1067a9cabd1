/** The part of a text where a search found something. */
export function Snippet({ text }: { text: string }) {
  return <>{text}</>;
}
