import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { ReportLine } from "./jobs";

const lines: Record<string, MessageDescriptor> = {
  archive: msg`An archive inside the archive. Unpack it first, or import it on its own.`,
  damaged: msg`Damaged in the archive. Make the archive again.`,
  encrypted: msg`Protected by a password. Put it in without one.`,
  link: msg`A link, not a file. Put the file itself in.`,
  not_markdown: msg`Not Markdown: only files that end in .md are imported.`,
  not_text: msg`It holds characters that no text has.`,
  not_utf8: msg`Not written in UTF-8. Save it with that encoding and import it again.`,
  packing: msg`Packed in an unusual way. Make an ordinary ZIP.`,
  repeated: msg`Another file of the archive has the same path.`,
  system_file: msg`Put in by the operating system; it holds nothing of yours.`,
  tags_cut: msg`Not all of its tags were kept: 20 at most, of 50 characters each.`,
  too_large: msg`Larger than 1 MB. Shorten it, or split it in two.`,
  unsafe_name: msg`Its path leads out of the archive. Rename it.`,
};

/** What a line of the report says, in the reader's language; in the service's words, if it is a new one. */
export function useLineWords(): (line: ReportLine) => string | null {
  const { i18n } = useLingui();
  return ({ code, detail }) => {
    const known = code ? lines[code] : undefined;
    return known ? i18n._(known) : detail;
  };
}
