import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import rows from "@/shared/signed-in/rows.module.css";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { listTokens } from "./api/list-tokens";
import { RevokeDialog } from "./revoke-dialog";
import { TokenRow } from "./token-row";

export type Token = components["schemas"]["Token"];

export function TokensPage() {
  const { t } = useLingui();
  const tokens = useQuery({
    queryKey: ["account", "tokens"],
    queryFn: ({ signal }) => listTokens(signal),
  });

  return (
    <>
      <PageHeading title={t`Access tokens`} />
      <p>
        <Trans>
          A program that works for you shows an access token instead of signing in. Give each
          program its own, with no more than it needs. <a href="/api/docs">What programs can do</a>
        </Trans>
      </p>
      <Actions>
        <Link to="/app/account/tokens/new" className={`${buttons.button} ${buttons.primary}`}>
          <Trans>New access token</Trans>
        </Link>
      </Actions>
      {tokens.isPending && <Waiting />}
      {tokens.isError && (
        <ProblemMessage error={tokens.error} retry={() => void tokens.refetch()} />
      )}
      {tokens.data && <Tokens tokens={tokens.data} />}
    </>
  );
}

function Tokens({ tokens }: { tokens: Token[] }) {
  const [asked, setAsked] = useState<Token>();
  const [gone, setGone] = useState<Token>();

  return (
    <>
      {gone && (
        <DoneNotice key={gone.id}>
          <Trans>“{gone.name}” is revoked. Within two seconds it is refused everywhere.</Trans>
        </DoneNotice>
      )}
      {tokens.length === 0 ? (
        <p className={`${rows.rows} ${rows.empty}`}>
          <Trans>You have no access tokens.</Trans>
        </p>
      ) : (
        <ul className={rows.rows}>
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              onRevoke={() => {
                setAsked(token);
              }}
            />
          ))}
        </ul>
      )}
      {asked && (
        <RevokeDialog
          token={asked}
          onClose={() => {
            setAsked(undefined);
          }}
          onRevoked={() => {
            setAsked(undefined);
            setGone(asked);
          }}
        />
      )}
    </>
  );
}
