import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "react-router";
import { isProblem } from "@/shared/api/problem";
import { AiOff } from "@/shared/signed-in/ai-off";
import { usageQuery } from "@/shared/signed-in/ai-usage";
import { SectionLayout } from "@/shared/signed-in/section-layout";

/** What the models do for a person, and what it costs. */
export function AiLayout() {
  const { t } = useLingui();
  const usage = useQuery(usageQuery);
  if (isProblem(usage.error, 404)) return <AiOff />;
  return (
    <SectionLayout
      label={t`Artificial intelligence`}
      sections={[
        { to: "/app/ai", name: t`Chat`, end: true },
        { to: "/app/ai/search", name: t`Search by meaning` },
        { to: "/app/ai/ask", name: t`Ask my documents` },
        { to: "/app/ai/jobs", name: t`Jobs` },
        { to: "/app/ai/usage", name: t`Usage` },
      ]}
    >
      <Outlet />
    </SectionLayout>
  );
}
