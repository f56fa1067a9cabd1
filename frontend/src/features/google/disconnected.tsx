import { Trans } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";
import { DoneNotice } from "@/shared/signed-in/done-notice";

/** What became of it: the tokens are gone from here in any case. */
export function Disconnected({ ended }: { ended: components["schemas"]["Disconnected"] }) {
  if (ended.revoked)
    return (
      <DoneNotice>
        <Trans>Google is disconnected, and has taken the access back.</Trans>
      </DoneNotice>
    );
  return (
    <DoneNotice>
      <Trans>Google is disconnected here, but did not answer.</Trans>{" "}
      {ended.remove_at && (
        <a href={ended.remove_at} target="_blank" rel="noreferrer">
          <Trans>Take the access back there, too (opens a new tab)</Trans>
        </a>
      )}
    </DoneNotice>
  );
}
