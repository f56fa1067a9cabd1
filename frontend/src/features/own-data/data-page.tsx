import { Trans, useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/shared/ui/page-heading";
import { DeleteSection } from "./delete-section";
import { ExportSection } from "./export-section";

export function DataPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`Your data`} />
      <p>
        <Trans>What you keep here is yours: take it with you, or have it removed.</Trans>
      </p>
      <ExportSection />
      <DeleteSection />
    </>
  );
}
