import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useRef, useState } from "react";
import type { components } from "@/shared/api/documents.gen";
import buttons from "@/shared/ui/button.module.css";
import { Snippet } from "@/shared/ui/snippet";
import { Waiting } from "@/shared/ui/waiting";
import classes from "./sample-card.module.css";

type Schemas = components["schemas"];
type Sample = Schemas["SampleSummary"] | Schemas["SampleHit"];

const SampleReader = lazy(() => import("./sample-reader"));

export function SampleCard({ sample }: { sample: Sample }) {
  const { i18n } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <li lang={sample.locale} className={classes.card}>
      <h3>
        <button
          type="button"
          className={classes.title}
          onClick={() => {
            setOpen(true);
            dialog.current?.showModal();
          }}
        >
          {sample.title}
        </button>
      </h3>
      <p>{"snippet" in sample ? <Snippet parts={sample.snippet} /> : sample.excerpt}</p>
      <p className={classes.tags}>{sample.tags.map((tag) => `#${tag}`).join("  ")}</p>
      <dialog
        ref={dialog}
        aria-label={sample.title}
        className={classes.dialog}
        onClose={() => {
          setOpen(false);
        }}
      >
        <h2>{sample.title}</h2>
        <Suspense fallback={<Waiting />}>{open && <SampleReader id={sample.id} />}</Suspense>
        <form method="dialog" lang={i18n.locale}>
          <button type="submit" className={buttons.button}>
            <Trans>Close</Trans>
          </button>
        </form>
      </dialog>
    </li>
  );
}
