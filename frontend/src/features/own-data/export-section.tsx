import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { ProblemWords } from "@/shared/ui/problem-words";
import { exportAccount } from "./api/export-account";
import classes from "./own-data.module.css";
import { saveFile } from "./save-file";

const words: ProblemWords = {
  409: {
    title: msg`An archive of yours is being made already`,
    advice: msg`Wait until it is there, perhaps in another tab, and then ask again.`,
  },
};

export function ExportSection() {
  const exporting = useMutation({
    mutationFn: async () => {
      const { content, name } = await exportAccount();
      saveFile(content, name);
    },
    gcTime: 0,
  });

  return (
    <section aria-labelledby="export" className={classes.section}>
      <h2 id="export">
        <Trans>Take it with you</Trans>
      </h2>
      <p>
        <Trans>
          A ZIP with everything that every service keeps of you: your profile, devices, tokens and
          history as JSON, and each document as Markdown. No password or token is in it.
        </Trans>
      </p>
      {exporting.isError && <ProblemMessage error={exporting.error} words={words} />}
      <Actions>
        <Button
          primary
          busy={exporting.isPending}
          onClick={() => {
            exporting.mutate();
          }}
        >
          <Trans>Download my data</Trans>
        </Button>
        <span role="status" className={classes.state}>
          {exporting.isPending && <Trans>The archive is being made…</Trans>}
          {exporting.isSuccess && <Trans>The archive is with your downloads.</Trans>}
        </span>
      </Actions>
    </section>
  );
}
