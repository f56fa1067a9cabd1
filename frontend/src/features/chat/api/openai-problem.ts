import { Problem } from "@/shared/api/problem";

interface OpenAiError {
  error?: { message?: string; type?: string; code?: string | null };
}

/** A refusal in OpenAI's shape, as the problem that the app tells; `type` ends in the error's code. */
export async function openAiProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as OpenAiError;
  return new Problem(response.status, problemDetails(body), response.headers);
}

/** The same for an error in the middle of a stream, which has no status of its own. */
export const streamProblem = (body: OpenAiError): Problem => new Problem(502, problemDetails(body));

function problemDetails({ error }: OpenAiError) {
  const code = error?.code ?? error?.type;
  return { ...(error?.message && { detail: error.message }), ...(code && { type: code }) };
}
