import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "@/shared/api/backend.gen";
import { isProblem } from "@/shared/api/problem";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import rows from "@/shared/signed-in/rows.module.css";
import { useDeviceWords } from "@/shared/signed-in/use-device-words";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { endSession } from "./api/end-session";
import { listSessions } from "./api/list-sessions";
import { DeviceRow } from "./device-row";
import { SignOutEverywhere } from "./sign-out-everywhere";

export type Session = components["schemas"]["Session"];

export function DevicesPage() {
  const { t } = useLingui();
  const devices = useQuery({
    queryKey: ["account", "sessions"],
    queryFn: ({ signal }) => listSessions(signal),
  });

  return (
    <>
      <PageHeading title={t`Devices`} />
      <p>
        <Trans>
          Every browser in which you are signed in. If you do not know one, sign it out; what
          happened meanwhile is in your history.
        </Trans>
      </p>
      {devices.isPending && <Waiting />}
      {devices.isError && (
        <ProblemMessage error={devices.error} retry={() => void devices.refetch()} />
      )}
      {devices.data && <Devices sessions={devices.data} />}
    </>
  );
}

function Devices({ sessions }: { sessions: Session[] }) {
  const wordsFor = useDeviceWords();
  const [gone, setGone] = useState<Session>();
  const ending = useEnding(setGone);
  const device = gone && wordsFor(gone.user_agent);

  return (
    <>
      {gone && (
        <DoneNotice key={gone.id}>
          <Trans>{device} is signed out. Within two seconds it is refused everywhere.</Trans>
        </DoneNotice>
      )}
      {ending.isError && <ProblemMessage error={ending.error} />}
      <ul className={rows.rows}>
        {sessions.map((session) => (
          <DeviceRow
            key={session.id}
            session={session}
            busy={ending.isPending && ending.variables.id === session.id}
            onSignOut={() => {
              ending.mutate(session);
            }}
          />
        ))}
      </ul>
      <SignOutEverywhere />
    </>
  );
}

function useEnding(onGone: (session: Session) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (session: Session) => {
      await endSession(session.id).catch((error: unknown) => {
        // It has ended by itself meanwhile, which is what was asked for.
        if (!isProblem(error, 404)) throw error;
      });
      await queryClient.invalidateQueries({ queryKey: ["account", "sessions"] });
    },
    onSuccess: (_, session) => {
      onGone(session);
    },
  });
}
