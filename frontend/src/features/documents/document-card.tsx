import { Link } from "react-router";
import { Snippet } from "@/shared/ui/snippet";
import classes from "./documents-page.module.css";
import { TagLinks } from "./tag-links";
import type { Listed } from "@/shared/signed-in/documents/use-documents";
import { When } from "@/shared/ui/when";

export function DocumentCard({ item }: { item: Listed }) {
  return (
    <li className={classes.card}>
      <h2>
        <Link to={`/app/documents/${item.id}`}>{item.title}</Link>
      </h2>
      <p className={classes.excerpt}>
        {"snippet" in item ? <Snippet parts={item.snippet} /> : item.excerpt}
      </p>
      <p className={classes.foot}>
        <When time={item.updated_at} />
        <TagLinks tags={item.tags} />
      </p>
    </li>
  );
}
