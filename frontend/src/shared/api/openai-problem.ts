import { Problem } from "./problem";

interface OpenAiError {
  message?: string;
  type?: string;
  code?: string | null;
  request_id?: string | null;
}

type Body = { error?: OpenAiError } & ConstructorParameters<typeof Problem>[1];

/** What a code means where there is no status: in the middle of a stream. */
const statuses: Record<string, number> = {
  invalid_api_key: 401,
  timeout: 504,
  "model-unavailable": 503,
  unavailable: 503,
  internal: 500,
  context_length_exceeded: 400,
  "not-for-this-model": 400,
  rate_limit_exceeded: 429,
};

/** A refusal as the problem that the app tells: one of ours, or one in OpenAI's shape, whose code is the `slug`. */
export async function refusal(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Body;
  return new Problem(response.status, body.error ? detailsOf(body.error) : body, response.headers);
}

/** The same for an error in the middle of a stream. */
export const streamProblem = (error: OpenAiError): Problem =>
  new Problem(statuses[error.code ?? ""] ?? 502, detailsOf(error));

function detailsOf({ message, type, code, request_id }: OpenAiError) {
  const kind = code ?? type;
  return {
    ...(message && { detail: message }),
    ...(kind && { type: kind }),
    ...(request_id && { request_id }),
  };
}
