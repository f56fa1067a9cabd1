import { answer } from "@/shared/api/answer";
import { documents } from "@/shared/api/clients";
import type { Job } from "@/shared/signed-in/jobs/job";

/** Hands the archive over, as it is; what comes of it is told by the job. */
export async function importDocuments(file: File): Promise<Job> {
  const call = documents.POST("/api/documents/imports", {
    params: { query: { name: file.name.slice(-200) } },
    headers: { "Content-Type": "application/zip" },
    // The description of an API has no type of its own for bytes.
    body: file as unknown as string,
    bodySerializer: (body) => body,
  });
  return (await answer(call)).data;
}
