/** The English pages of docs/errors, as Markdown, by the path of their file. */
export const pages: Record<string, string> = import.meta.glob(
  ["../../../../docs/errors/*.md", "!../../../../docs/errors/*.es.md"],
  { query: "?raw", import: "default", eager: true },
);
