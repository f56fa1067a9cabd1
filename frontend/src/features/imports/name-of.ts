import type { Job } from "./jobs";

/** What the archive is called. */
export const nameOf = ({ params }: Job): string =>
  typeof params.file === "string" ? params.file : "archive.zip";
