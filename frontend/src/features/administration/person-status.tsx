import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useAccount } from "@/shared/session/account-context";
import { DeletionProgress } from "@/shared/signed-in/deletion-progress";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { useKept } from "@/shared/signed-in/use-kept";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import type { Person, Status } from "./api/list-people";
import type { Role } from "./api/list-roles";
import { BeyondMe } from "./beyond-me";
import { LetInDialog } from "./let-in-dialog";
import classes from "./person-page.module.css";
import { StatusBadge } from "./status-badge";
import { SuspendDialog } from "./suspend-dialog";

type Question = "suspend" | "let-in";

interface PersonStatusProps {
  person: Person;
  roles: Role[];
}

/** Approve, suspend, reactivate. */
export function PersonStatus({ person, roles }: PersonStatusProps) {
  const { t } = useLingui();
  const account = useAccount();
  const { kept, keep } = useKept<Question>(`status-of:${person.id}`);
  const [asking, setAsking] = useState(kept);
  const [done, setDone] = useState<string>();
  const close = () => {
    setAsking(null);
  };
  const finish = (words: string) => () => {
    close();
    setDone(words);
  };
  const { status } = person;

  return (
    <section className={classes.card} aria-labelledby="status">
      <h2 id="status">
        <Trans>Status</Trans>
      </h2>
      <StatusBadge status={status} />
      {done && <DoneNotice>{done}</DoneNotice>}
      <StatusMeaning status={status} />
      {person.id === account.id && (
        <p>
          <Trans>This is you. Nobody suspends themselves: another administrator can.</Trans>
        </p>
      )}
      {person.deletion && <DeletionProgress deletion={person.deletion} />}
      {person.id !== account.id && status !== "deleting" && (
        <BeyondMe held={person.roles} roles={roles}>
          <Buttons status={status} onAsk={setAsking} />
        </BeyondMe>
      )}
      {asking === "suspend" && (
        <SuspendDialog
          person={person}
          onClose={close}
          onDone={finish(t`The account is suspended.`)}
        />
      )}
      {asking === "let-in" && (
        <LetInDialog
          person={person}
          onClose={close}
          onDone={finish(t`The account is active.`)}
          onLeave={() => {
            keep("let-in");
          }}
        />
      )}
    </section>
  );
}

function StatusMeaning({ status }: { status: Status }) {
  return (
    <p>
      {status === "pending" && <Trans>Known, and waits in the hall for somebody to open.</Trans>}
      {status === "active" && <Trans>May use what their roles allow.</Trans>}
      {status === "suspended" && <Trans>Cannot sign in, and nothing of theirs is accepted.</Trans>}
      {status === "deleting" && <Trans>Asked for the deletion of the account.</Trans>}
    </p>
  );
}

function Buttons({ status, onAsk }: { status: Status; onAsk: (question: Question) => void }) {
  return (
    <Actions>
      {status !== "active" && (
        <Button
          primary
          onClick={() => {
            onAsk("let-in");
          }}
        >
          {status === "pending" ? <Trans>Let in</Trans> : <Trans>Reactivate</Trans>}
        </Button>
      )}
      {status !== "suspended" && (
        <Button
          onClick={() => {
            onAsk("suspend");
          }}
        >
          <Trans>Suspend</Trans>
        </Button>
      )}
    </Actions>
  );
}
