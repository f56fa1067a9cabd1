import { Problem } from "./problem";

interface Outcome<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

const isDetails = (error: unknown): error is object => typeof error === "object" && error !== null;

/** Waits for a call of a typed client and gives its data, or throws a `Problem`. */
export async function answer<T>(
  call: Promise<Outcome<T>>,
): Promise<{ data: T; response: Response }> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // Leaving a page aborts its requests: that is no problem to tell.
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0);
  });
  if (!response.ok)
    throw new Problem(response.status, isDetails(error) ? error : {}, response.headers);
  return { data: data as T, response };
}
