import { useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { PublicLayout } from "@/shared/ui/public-layout";
import { useRouteError } from "react-router";

/** Shown when a page itself breaks, or its code cannot be loaded. */
export function PageProblem() {
  const { t } = useLingui();
  const error = useRouteError();
  return (
    <PublicLayout>
      <PageHeading title={t`This page did not open`} />
      <ProblemMessage
        error={error}
        retry={() => {
          window.location.reload();
        }}
      />
    </PublicLayout>
  );
}
