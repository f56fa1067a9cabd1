import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { Wish } from "@/shared/signed-in/ai-jobs/api/begin-job";
import type { Job } from "@/shared/signed-in/jobs/job";

export type Kind = Wish["kind"];

interface KindWords {
  /** What a person asks for, and what comes of it. */
  wish: MessageDescriptor;
  about: MessageDescriptor;
  /** What it does while it runs. */
  running: MessageDescriptor;
  /** What has become of a document that all went well with. */
  succeeded: MessageDescriptor;
}

export const kinds: Record<Kind, KindWords> = {
  summarise: {
    wish: msg`Summarise a document`,
    about: msg`A model reads it from beginning to end. The summary becomes a new document.`,
    running: msg`Summarising`,
    succeeded: msg`Summarised`,
  },
  translate: {
    wish: msg`Translate a document`,
    about: msg`Between Spanish and English, headings and lists as they are. The translation becomes a new document.`,
    running: msg`Translating`,
    succeeded: msg`Translated`,
  },
  tag: {
    wish: msg`Tag all my documents`,
    about: msg`Each document gets those of the suggested tags that are sure. The tags that it has stay.`,
    running: msg`Tagging`,
    succeeded: msg`Tagged`,
  },
  index: {
    wish: msg`Index everything again`,
    about: msg`All documents are read again for the search by meaning, should it find less than it could.`,
    running: msg`Indexing`,
    succeeded: msg`Indexed`,
  },
};

const other: Pick<KindWords, "running" | "succeeded"> = {
  running: msg`Under way`,
  succeeded: msg`Done`,
};

const isKind = (kind: string): kind is Kind => kind in kinds;

/** Of a newer release's kind, what can be said of any. */
export const wordsOf = ({ kind }: Job) => (isKind(kind) ? kinds[kind] : other);

/** Whether a job is about one document, of which it makes another one. */
export const isOfOne = (kind: string) => kind === "summarise" || kind === "translate";
