import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./markdown.module.css";

interface MarkdownProps {
  text: string;
  /** The page has a heading of its own: those in the text stand one level below it. */
  below?: boolean;
  /** It is a part of a text in the middle of a page: its headings are none of the page's. */
  part?: boolean;
  /** What marks something of it: see markdown-marks.ts. */
  marks?: Options["rehypePlugins"];
}

// Pictures from elsewhere would tell their server who reads: they are links instead.
const pictures: Components = {
  img: ({ src, alt }) => <a href={src}>{alt ?? src}</a>,
};

const oneLower: Components = { h1: "h2", h2: "h3", h3: "h4", h4: "h5", h5: "h6" };

const Bold: Components["h1"] = ({ children }) => (
  <p>
    <strong>{children}</strong>
  </p>
);
const none: Components = { h1: Bold, h2: Bold, h3: Bold, h4: Bold, h5: Bold, h6: Bold };

/** Markdown as a page. Raw HTML in it stays text: react-markdown never renders it. */
export function Markdown({ text, below = false, part = false, marks = [] }: MarkdownProps) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={marks}
        components={{ ...pictures, ...(below && oneLower), ...(part && none) }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
