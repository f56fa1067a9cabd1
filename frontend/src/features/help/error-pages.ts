import { useQuery } from "@tanstack/react-query";

export interface ErrorPageText {
  slug: string;
  title: string;
  /** What follows the title. */
  body: string;
}

const pagesIn = (locale: string) => (locale === "es" ? import("./pages-es") : import("./pages-en"));

const slugOf = (path: string) => path.replace(/^.*\//, "").replace(/(\.es)?\.md$/, "");

function read(path: string, markdown: string): ErrorPageText {
  const slug = slugOf(path);
  const heading = /^#\s+(.+)$/m.exec(markdown);
  if (!heading) return { slug, title: slug, body: markdown };
  return {
    slug,
    title: heading[1] ?? slug,
    body: markdown.slice(heading.index + heading[0].length),
  };
}

async function loadErrorPages(locale: string): Promise<ErrorPageText[]> {
  const { pages } = await pagesIn(locale);
  return Object.entries(pages)
    .map(([path, markdown]) => read(path, markdown))
    .toSorted((a, b) => a.title.localeCompare(b.title, locale));
}

/** All pages of one language: one small file of the build, loaded when the first is opened. */
export const useErrorPages = (locale: string) =>
  useQuery({
    queryKey: ["error-pages", locale],
    queryFn: () => loadErrorPages(locale),
    staleTime: Infinity,
  });
