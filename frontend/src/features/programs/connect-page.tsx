import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { useKept } from "@/shared/signed-in/use-kept";
import { PageHeading } from "@/shared/ui/page-heading";
import { Waiting } from "@/shared/ui/waiting";
import { lookUpProgram } from "./api/look-up-program";
import { CodeForm } from "./code-form";
import { Decided } from "./decided";
import classes from "./programs.module.css";
import { type Decision, WaitingProgram } from "./waiting-program";

/**
 * A program shows a code and waits; its person types it here, or comes by a link that holds it.
 * Somebody else may have sent that link (RFC 8628, section 5.4), so nothing goes on by itself.
 */
export function ConnectPage() {
  const { t } = useLingui();
  const [params] = useSearchParams();
  const { kept, keep } = useKept<string>("user-code");
  const [decision, setDecision] = useState<Decision>();
  const looking = useMutation({ mutationFn: lookUpProgram });
  const program = looking.data;

  // Back from signing in again: the person has seen the program already.
  const goOn = useEffectEvent(() => {
    if (kept !== null) looking.mutate(kept);
  });
  useEffect(() => {
    goOn();
  }, []);

  if (program && decision) return <Decided client={program.client} decision={decision} />;
  return (
    <div className={classes.page}>
      <PageHeading title={t`Connect a program`} />
      {looking.isPending && <Waiting />}
      {program ? (
        <WaitingProgram
          program={program}
          onDecided={setDecision}
          onAnother={looking.reset}
          onLeave={() => {
            keep(program.user_code);
          }}
        />
      ) : (
        <CodeForm
          inAddress={params.get("user_code") ?? ""}
          busy={looking.isPending}
          error={looking.error}
          onCode={looking.mutate}
        />
      )}
    </div>
  );
}
