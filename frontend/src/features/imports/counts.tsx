import { Plural } from "@lingui/react/macro";
import type { Job } from "./jobs";

/** How many files have become documents. */
export function Counts({ job: { counts } }: { job: Job }) {
  return <Plural value={counts.succeeded} one="# document" other="# documents" />;
}
