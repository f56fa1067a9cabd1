import { Trans, useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/shared/ui/page-heading";

/** Where the gateway knows no AI service. */
export function AiOff() {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`There is no AI here`} />
      <p>
        <Trans>Who runs this Zaguán has turned its AI service off. Everything else works.</Trans>
      </p>
    </>
  );
}
