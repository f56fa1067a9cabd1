import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import type { DeadLetter } from "./api/list-dead-letters";
import { DeadLetterRow } from "./dead-letter-row";
import { DropDialog } from "./drop-dialog";
import classes from "./operations.module.css";
import { useDeadLetters } from "./use-dead-letters";

interface DeadLetterListProps {
  service: string;
  queue: string;
  onDone: (what: string) => void;
}

export function DeadLetterList({ service, queue, onDone }: DeadLetterListProps) {
  const { t } = useLingui();
  const found = useDeadLetters(service, queue);
  const [asking, setAsking] = useState<DeadLetter>();
  const close = () => {
    setAsking(undefined);
  };

  return (
    <>
      {found.isError && <ProblemMessage error={found.error} retry={() => void found.refetch()} />}
      {found.data && found.data.length > 0 && (
        <ul aria-label={t`Dead letters of ${queue}`} className={classes.letters}>
          {found.data.map((letter) => (
            <DeadLetterRow
              key={letter.id}
              service={service}
              letter={letter}
              onDrop={setAsking}
              onDone={onDone}
            />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <p>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </p>
      )}
      {asking && (
        <DropDialog
          service={service}
          letter={asking}
          onClose={close}
          onDone={() => {
            close();
            onDone(t`The dead letter is dropped.`);
          }}
        />
      )}
    </>
  );
}
