import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./markdown.module.css";

interface MarkdownProps {
  text: string;
  /** The page has a heading of its own: those in the text stand one level below it. */
  below?: boolean;
}

// Pictures from elsewhere would tell their server who reads: they are links instead.
const pictures: Components = {
  img: ({ src, alt }) => <a href={src}>{alt ?? src}</a>,
};

const oneLower: Components = { h1: "h2", h2: "h3", h3: "h4", h4: "h5", h5: "h6" };

/** Markdown as a page. Raw HTML in it stays text: react-markdown never renders it. */
export function Markdown({ text, below = false }: MarkdownProps) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        components={below ? { ...pictures, ...oneLower } : pictures}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
