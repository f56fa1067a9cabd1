import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";

export async function readJob(id: string, signal: AbortSignal) {
  const params = { path: { job_id: id } };
  return (await answer(ai.GET("/api/ai/jobs/{job_id}", { params, signal }))).data;
}
