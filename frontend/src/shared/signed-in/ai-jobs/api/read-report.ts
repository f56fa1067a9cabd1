import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";
import type { WantedReport } from "@/shared/signed-in/jobs/queries";

/** What became of each document. */
export async function readReport({ id, outcome, cursor }: WantedReport, signal: AbortSignal) {
  const after = cursor === undefined ? undefined : Number(cursor);
  const params = { path: { job_id: id }, query: { outcome, cursor: after } };
  const call = ai.GET("/api/ai/jobs/{job_id}/report", { params, signal });
  return (await answer(call)).data;
}
