import { AiCharts } from "@/shared/signed-in/ai-charts";
import { tokensOf } from "@/shared/signed-in/ai-usage";
import { ModelTotals } from "@/shared/signed-in/model-totals";
import type { AiOverview } from "./api/read-overview";

interface ChartsProps {
  overview: AiOverview;
  busy: boolean;
  /** Of one person: how many people there were needs no chart. */
  ofOne?: boolean;
}

/** What was used by day and by model. */
export function Charts({ overview, busy, ofOne = false }: ChartsProps) {
  const days = overview.days.map(({ day, requests, people, ...use }) => ({
    day,
    requests,
    tokens: tokensOf(use),
    ...(!ofOne && { people }),
  }));
  return (
    <div aria-busy={busy}>
      <AiCharts days={days} />
      <ModelTotals
        totals={overview.models.map(({ model, requests, ...use }) => ({
          model,
          requests,
          tokens: tokensOf(use),
        }))}
      />
    </div>
  );
}
