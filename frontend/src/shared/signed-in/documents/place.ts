/** A part of a document's text, in characters as the services count them: Unicode's, not JavaScript's. */
export interface Place {
  start: number;
  end: number;
}

/** Where a document opens; at a part of it, where that is known. */
export function addressOf(id: string, start: number | null, text: string): string {
  const end = start === null ? 0 : start + Array.from(text).length;
  return `/app/documents/${id}${start === null ? "" : `?passage=${start}-${end}`}`;
}

/** What the address says, as offsets in a JavaScript string. */
export function placeIn(body: string, told: string | null): Place | null {
  const [, start, end] = /^(\d{1,8})-(\d{1,8})$/.exec(told ?? "") ?? [];
  if (start === undefined || end === undefined) return null;
  const characters = Array.from(body);
  const offset = (count: number) => characters.slice(0, count).join("").length;
  return { start: offset(Number(start)), end: offset(Number(end)) };
}
