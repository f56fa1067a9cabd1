import { Trans } from "@lingui/react/macro";
import classes from "./document.module.css";
import { Button } from "@/shared/ui/button";

export function RestoredNotice({ onDiscard }: { onDiscard: () => void }) {
  return (
    <p role="status" className={classes.notice}>
      <Trans>This is the text that you typed last time and did not save.</Trans>
      <Button small onClick={onDiscard}>
        <Trans>Throw it away</Trans>
      </Button>
    </p>
  );
}
