import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useId, useRef, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { useOpenJob } from "@/shared/signed-in/jobs/use-open-job";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";
import { importDocuments } from "./api/import-documents";
import { importJobs } from "./import-jobs";
import classes from "./imports.module.css";

const MOST = 16 * 1024 * 1024;

const words: ProblemWords = {
  413: {
    title: msg`This archive is too large`,
    advice: msg`It may have up to 16 MB. Leave out what is not Markdown, or split it.`,
  },
  422: {
    title: msg`This is not a ZIP archive`,
    advice: msg`Choose a file that ends in .zip.`,
  },
  429: {
    title: msg`Too much of yours is waiting already`,
    advice: msg`Wait until some of it is done, or cancel it.`,
  },
};

/** A file is chosen, or dropped here, and goes off at once: there is nothing else to say about it. */
export function ArchiveForm() {
  const { t } = useLingui();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const sending = useSending();

  function take(files: FileList | null) {
    const file = files?.[0];
    if (file && !sending.isPending) sending.mutate(file);
    if (input.current) input.current.value = ""; // so that the same file can be chosen again
  }
  const dropping = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => {
      setOver(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };

  return (
    <>
      <div className={classes.drop} data-over={over || undefined} {...dropping}>
        <p>
          <Trans>Drop a ZIP archive here, or</Trans>
        </p>
        <Button primary busy={sending.isPending} onClick={() => input.current?.click()}>
          {sending.isPending ? <Trans>Sending…</Trans> : <Trans>Choose an archive</Trans>}
        </Button>
        <input
          ref={input}
          id={id}
          type="file"
          accept=".zip,application/zip"
          aria-label={t`ZIP archive`}
          className="visually-hidden"
          tabIndex={-1}
          onChange={(event) => {
            take(event.currentTarget.files);
          }}
        />
        <p className={classes.limits}>
          <Trans>Up to 16 MB and 2,000 Markdown files, each of up to 1 MB.</Trans>
        </p>
      </div>
      {sending.isError && <ProblemMessage error={sending.error} words={words} />}
    </>
  );
}

function useSending() {
  const open = useOpenJob(importJobs);
  return useMutation({
    mutationFn: async (file: File) => {
      if (file.size > MOST) throw new Problem(413);
      return importDocuments(file);
    },
    onSuccess: open,
  });
}
