import type { components } from "@/shared/api/documents.gen";
import { Snippet } from "@/shared/ui/snippet";
import classes from "./sample-shelf.module.css";

type Sample = components["schemas"]["SampleSummary"] & { snippet?: string };

export function SampleCard({ sample }: { sample: Sample }) {
  return (
    <li lang={sample.locale} className={classes.card}>
      <h3>{sample.title}</h3>
      <p>{sample.snippet ? <Snippet text={sample.snippet} /> : sample.excerpt}</p>
      <p className={classes.tags}>{sample.tags.map((tag) => `#${tag}`).join("  ")}</p>
    </li>
  );
}
