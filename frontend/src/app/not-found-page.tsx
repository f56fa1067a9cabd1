import { Trans, useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/shared/ui/page-heading";
import { Logo } from "@/shared/ui/logo";

export function NotFoundPage() {
  const { t } = useLingui();
  return (
    <>
      <Logo size={96} />
      <PageHeading title={t`No room behind this door`} />
      <p>
        <Trans>
          Nothing lives at this address. <a href="/">Go back to the entrance</a>.
        </Trans>
      </p>
    </>
  );
}
