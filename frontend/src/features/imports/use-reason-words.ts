import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { Job } from "./jobs";

const reasons: Record<string, MessageDescriptor> = {
  empty: msg`There is no file in this archive.`,
  ended: msg`You signed out everywhere, the access token was revoked, or your account was suspended meanwhile. Nothing more was imported.`,
  expired: msg`It was not finished within a day. Import the archive again.`,
  forbidden: msg`You may not save documents any more. An administrator can give you the permission.`,
  internal: msg`Something went wrong on our side, several times. Try again later.`,
  not_a_zip: msg`This is not a ZIP archive, or it is damaged. Make it again.`,
  too_large: msg`Unpacked, its Markdown files are over 128 MB together. Split the archive.`,
  too_many_entries: msg`There are more than 10,000 files in this archive. Leave out what is not Markdown.`,
  too_many_files: msg`There are more than 2,000 Markdown files in this archive. Split it.`,
  unavailable: msg`A part of the platform did not answer for an hour. Try again later.`,
};

/** Why an import has failed, in the reader's language; in the service's words, if it is a new reason. */
export function useReasonWords(): (reason: NonNullable<Job["reason"]>) => string {
  const { i18n } = useLingui();
  return ({ code, detail }) => {
    const known = reasons[code];
    return known ? i18n._(known) : detail;
  };
}
