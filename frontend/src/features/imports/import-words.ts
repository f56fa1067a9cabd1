import { msg } from "@lingui/core/macro";
import { reasons } from "@/shared/signed-in/jobs/reasons";
import type { Words } from "@/shared/signed-in/jobs/use-told-words";

export const running = msg`Importing`;
export const succeeded = msg`Imported`;

/** Why an import has failed. */
export const whyFailed: Words = {
  ...reasons,
  empty: msg`There is no file in this archive.`,
  ended: msg`You signed out everywhere, the access token was revoked, or your account was suspended meanwhile. Nothing more was imported.`,
  expired: msg`It was not finished within a day. Import the archive again.`,
  forbidden: msg`You may not save documents any more. An administrator can give you the permission.`,
  not_a_zip: msg`This is not a ZIP archive, or it is damaged. Make it again.`,
  too_large: msg`Unpacked, its Markdown files are over 128 MB together. Split the archive.`,
  too_many_entries: msg`There are more than 10,000 files in this archive. Leave out what is not Markdown.`,
  too_many_files: msg`There are more than 2,000 Markdown files in this archive. Split it.`,
};

/** What a line of the report says about a file. */
export const aboutFiles: Words = {
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
