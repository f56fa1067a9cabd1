import { lazy, Suspense, useState } from "react";
import type { components } from "@/shared/api/documents.gen";
import { Dialog } from "@/shared/ui/dialog";
import { Snippet } from "@/shared/ui/snippet";
import { Waiting } from "@/shared/ui/waiting";
import classes from "./sample-card.module.css";

type Schemas = components["schemas"];
type Sample = Schemas["SampleSummary"] | Schemas["SampleHit"];

const SampleReader = lazy(() => import("./sample-reader"));

export function SampleCard({ sample }: { sample: Sample }) {
  const [open, setOpen] = useState(false);
  return (
    <li className={classes.card}>
      <h3 lang={sample.locale}>
        <button
          type="button"
          className={classes.title}
          onClick={() => {
            setOpen(true);
          }}
        >
          {sample.title}
        </button>
      </h3>
      <p lang={sample.locale}>
        {"snippet" in sample ? <Snippet parts={sample.snippet} /> : sample.excerpt}
      </p>
      <p lang={sample.locale} className={classes.tags}>
        {sample.tags.map((tag) => `#${tag}`).join("  ")}
      </p>
      <Dialog
        open={open}
        title={sample.title}
        lang={sample.locale}
        onClose={() => {
          setOpen(false);
        }}
      >
        <Suspense fallback={<Waiting />}>
          <SampleReader id={sample.id} />
        </Suspense>
      </Dialog>
    </li>
  );
}
