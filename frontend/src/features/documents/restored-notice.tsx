import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import classes from "./document.module.css";

export function RestoredNotice({ onDiscard }: { onDiscard: () => void }) {
  return (
    <p role="status" className={classes.notice}>
      <Trans>This is the text that you typed last time and did not save.</Trans>
      <Button size="compact-md" variant="default" onClick={onDiscard}>
        <Trans>Throw it away</Trans>
      </Button>
    </p>
  );
}
