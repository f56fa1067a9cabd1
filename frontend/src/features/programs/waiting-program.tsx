import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { components } from "@/shared/api/backend.gen";
import { asksToSignInAgain, SignInAgain } from "@/shared/signed-in/sign-in-again";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { approveProgram } from "./api/approve-program";
import { denyProgram } from "./api/deny-program";
import { codeWords } from "./code-form";
import { ProgramFacts } from "./program-facts";
import classes from "./programs.module.css";

export type Decision = "approved" | "denied";

interface WaitingProgramProps {
  program: components["schemas"]["WaitingProgram"];
  onDecided: (decision: Decision) => void;
  onAnother: () => void;
  /** Called when the person leaves to sign in again. */
  onLeave: () => void;
}

/** Who asks for what, so that the person can decide. */
export function WaitingProgram({ program, onDecided, onAnother, onLeave }: WaitingProgramProps) {
  const nameOf = usePermissionNames();
  const { client, user_code: code } = program;
  const deciding = useDeciding(code, onDecided);
  const again = asksToSignInAgain(deciding.error);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form with the code is gone.
  useEffect(() => {
    heading.current?.focus();
  }, []);

  return (
    <section aria-labelledby="asks" className={classes.asking}>
      <h2 id="asks" ref={heading} tabIndex={-1}>
        <Trans>“{client}” asks to be signed in as you</Trans>
      </h2>
      <p className={classes.code}>{code}</p>
      <p>
        <Trans>
          Let it in only if you started it yourself just now and it shows this very code. What it
          says of itself, nobody has checked.
        </Trans>
      </p>
      <ProgramFacts program={program} />
      <h3>
        <Trans>It could, in your name:</Trans>
      </h3>
      <ul>
        {program.permissions.map((permission) => (
          <li key={permission}>{nameOf(permission)}</li>
        ))}
      </ul>
      {again && <SignInAgain onLeave={onLeave} />}
      {deciding.isError && !again && <ProblemMessage error={deciding.error} words={codeWords} />}
      <Actions>
        {!again && (
          <Button
            primary
            busy={deciding.isPending}
            onClick={() => {
              deciding.mutate("approved");
            }}
          >
            <Trans>Let it in</Trans>
          </Button>
        )}
        <Button
          busy={deciding.isPending}
          onClick={() => {
            deciding.mutate("denied");
          }}
        >
          <Trans>Send it away</Trans>
        </Button>
        <Button onClick={onAnother}>
          <Trans>Another code</Trans>
        </Button>
      </Actions>
    </section>
  );
}

function useDeciding(code: string, onDecided: (decision: Decision) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) =>
      decision === "approved" ? approveProgram(code) : denyProgram(code),
    onSuccess: (_, decision) => {
      void queryClient.invalidateQueries({ queryKey: ["account", "programs"] });
      onDecided(decision);
    },
  });
}
