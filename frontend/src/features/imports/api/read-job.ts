import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";

export async function readJob(id: string, signal: AbortSignal) {
  const params = { path: { job_id: id } };
  return (await answer(documents.GET("/api/documents/jobs/{job_id}", { params, signal }))).data;
}
