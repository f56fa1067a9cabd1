import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { useKept } from "@/shared/signed-in/use-kept";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { DeleteDialog } from "./delete-dialog";
import classes from "./own-data.module.css";

export function DeleteSection() {
  // What was typed when the person left to sign in again: the dialog is open as it was.
  const { kept, keep } = useKept<string>("delete-account");
  const [asking, setAsking] = useState(kept !== null);

  return (
    <section aria-labelledby="delete" className={classes.section}>
      <h2 id="delete">
        <Trans>Delete the account</Trans>
      </h2>
      <p>
        <Trans>
          Everything that every service keeps of you is erased, and nobody can bring it back. You
          can download it before.
        </Trans>
      </p>
      <Actions>
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          <Trans>Delete my account…</Trans>
        </Button>
      </Actions>
      {asking && (
        <DeleteDialog
          typedBefore={kept ?? ""}
          onLeave={keep}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
