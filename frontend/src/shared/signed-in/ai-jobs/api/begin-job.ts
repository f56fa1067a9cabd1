import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";
import type { Job } from "@/shared/signed-in/jobs/job";

type JobIn = components["schemas"]["JobIn"];

/** What is to be done. Each kind takes some of the fields, and none of the others. */
export type Wish = Pick<JobIn, "kind"> & Partial<JobIn>;

/** Hands the work over; what comes of it is told by the job. */
export async function beginJob(wish: Wish): Promise<Job> {
  const body: JobIn = { document: null, into: null, model: null, ...wish };
  return (await answer(ai.POST("/api/ai/jobs", { body }))).data;
}
