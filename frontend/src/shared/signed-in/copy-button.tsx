import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Button } from "@/shared/ui/button";
import classes from "./copy-button.module.css";

interface CopyButtonProps {
  text: string;
  primary?: boolean;
  children: ReactNode;
}

/** Copies, and says whether it could. */
export function CopyButton({ text, primary = false, children }: CopyButtonProps) {
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without https, or where the person forbade it.
      setCopied(false);
    }
  };
  return (
    <>
      <Button primary={primary} onClick={() => void copy()}>
        {children}
      </Button>
      <span role="status" className={classes.state}>
        {copied === true && <Trans>Copied.</Trans>}
        {copied === false && (
          <Trans>The browser did not allow it: select the text and copy it.</Trans>
        )}
      </span>
    </>
  );
}
