import { useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import classes from "./documents-page.module.css";

/** Each tag leads to all documents that carry it. */
export function TagLinks({ tags }: { tags: string[] }) {
  const { t } = useLingui();
  return tags.map((tag) => (
    <Link
      key={tag}
      to={`/app/documents?tag=${encodeURIComponent(tag)}`}
      aria-label={t`Documents with the tag ${tag}`}
      className={classes.tag}
    >
      #{tag}
    </Link>
  ));
}
