import { answer } from "@/shared/api/answer";
import { ai } from "@/shared/api/clients";

/** 409 if it has ended already. */
export async function cancelJob(id: string): Promise<void> {
  const params = { path: { job_id: id } };
  await answer(ai.DELETE("/api/ai/jobs/{job_id}", { params }));
}
