import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { isProblem } from "@/shared/api/problem";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import rows from "@/shared/signed-in/rows.module.css";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { endProgram } from "./api/end-program";
import { listPrograms } from "./api/list-programs";
import { ProgramRow } from "./program-row";

export type Program = components["schemas"]["Program"];

export function ProgramsPage() {
  const { t } = useLingui();
  const programs = useQuery({
    queryKey: ["account", "programs"],
    queryFn: ({ signal }) => listPrograms(signal),
  });

  return (
    <>
      <PageHeading title={t`Programs`} />
      <p>
        <Trans>
          Programs that you have signed in, such as the command line. A program shows a code, and
          you let it in here.
        </Trans>
      </p>
      <Actions>
        <Link to="/app/device" className={`${buttons.button} ${buttons.primary}`}>
          <Trans>Connect a program</Trans>
        </Link>
      </Actions>
      {programs.isPending && <Waiting />}
      {programs.isError && (
        <ProblemMessage error={programs.error} retry={() => void programs.refetch()} />
      )}
      {programs.data && <Programs programs={programs.data} />}
    </>
  );
}

function Programs({ programs }: { programs: Program[] }) {
  const [gone, setGone] = useState<Program>();
  const ending = useEnding(setGone);

  return (
    <>
      {gone && (
        <DoneNotice key={gone.id}>
          <Trans>“{gone.client}” is signed out. Within two seconds it is refused everywhere.</Trans>
        </DoneNotice>
      )}
      {ending.isError && <ProblemMessage error={ending.error} />}
      {programs.length === 0 ? (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>No program is signed in.</Trans>
        </p>
      ) : (
        <ul className={rows.rows}>
          {programs.map((program) => (
            <ProgramRow
              key={program.id}
              program={program}
              busy={ending.isPending && ending.variables.id === program.id}
              onSignOut={() => {
                ending.mutate(program);
              }}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function useEnding(onGone: (program: Program) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (program: Program) => {
      await endProgram(program.id).catch((error: unknown) => {
        // It has ended by itself meanwhile, which is what was asked for.
        if (!isProblem(error, 404)) throw error;
      });
      await queryClient.invalidateQueries({ queryKey: ["account", "programs"] });
    },
    onSuccess: (_, program) => {
      onGone(program);
    },
  });
}
