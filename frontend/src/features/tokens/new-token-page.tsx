import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { useAccount } from "@/shared/session/account-context";
import { PageHeading } from "@/shared/ui/page-heading";
import { NewToken } from "./new-token";
import { TokenForm } from "./token-form";

export function NewTokenPage() {
  const { t } = useLingui();
  const { permissions } = useAccount();
  const [made, setMade] = useState<components["schemas"]["NewToken"]>();

  if (made) return <NewToken made={made} />;
  return (
    <>
      <PageHeading title={t`New access token`} />
      {permissions.length === 0 ? (
        <p>
          <Trans>
            You have no permissions yet, so a token could do nothing.{" "}
            <Link to="/app/account">See your account</Link>
          </Trans>
        </p>
      ) : (
        <TokenForm onMade={setMade} />
      )}
    </>
  );
}
