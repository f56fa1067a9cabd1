/** A model's stream in OpenAI's format, as the service tells it. */

export const delta = (content: string) => ({
  model: "tiny",
  choices: [{ delta: { content }, finish_reason: null }],
});
export const ended = (reason: string) => ({ choices: [{ delta: {}, finish_reason: reason }] });
export const cost = { choices: [], usage: { prompt_tokens: 20, completion_tokens: 22 } };
/** What the service adds of its own. */
export const named = (name: string, data: unknown) =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
export const comment = (text: string) => `: ${text}\n\n`;

const sent = (piece: object | string) => {
  if (typeof piece !== "string") return `data: ${JSON.stringify(piece)}\n\n`;
  return piece.endsWith("\n\n") ? piece : `data: ${piece}\n\n`;
};

interface Streaming {
  whole?: boolean;
  signal?: AbortSignal;
}

/** An answer whose pieces come one by one; `whole` says that the stream is closed after the last. */
export function streamed(
  pieces: (object | string)[],
  { whole = true, signal }: Streaming = {},
): Response {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      for (const piece of pieces) stream.enqueue(bytes.encode(sent(piece)));
      if (whole) stream.close();
      signal?.addEventListener("abort", () => {
        stream.error(new DOMException("aborted", "AbortError"));
      });
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}
