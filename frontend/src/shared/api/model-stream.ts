import { createParser } from "eventsource-parser";
import { Patience } from "./in-time";
import { refusal, streamProblem } from "./openai-problem";
import { Problem } from "./problem";

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

/** What a stream brings. */
export interface Piece {
  text?: string;
  /** The reason of its end. */
  ended?: string;
  usage?: Usage;
  model?: string;
  /** The place in the line; 0: the model is at work. */
  place?: number;
  /** An event with a name, beside what the model says. */
  event?: { name: string; data: unknown };
}

interface Chunk {
  model?: string;
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  usage?: Usage | null;
  error?: { message?: string; code?: string };
}

/** Seconds until an answer begins (the bundled model may have to be loaded), and between two signs of life. */
export const PATIENCE = { first: 90, between: 40 };

/** Asks a model, and gives what comes as it comes. */
export async function* modelStream(
  path: string,
  body: object,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const patience = new Patience(signal);
  patience.wait(PATIENCE.first);
  try {
    const response = await fetch(post(path, body, patience.signal));
    if (!response.ok || !response.body) throw await refusal(response);
    yield* pieces(response.body, patience);
  } catch (cause) {
    throw cause instanceof Problem ? cause : patience.told(cause);
  } finally {
    patience.end();
  }
}

const post = (path: string, body: object, signal: AbortSignal) =>
  new Request(new URL(path, window.location.origin), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });

async function* pieces(
  body: ReadableStream<Uint8Array>,
  patience: Patience,
): AsyncGenerator<Piece> {
  for await (const told of events(body, patience)) {
    if (told.event?.data === "[DONE]") return;
    yield told.event ? read(told.event.name, String(told.event.data)) : told;
  }
  // The connection was cut in the middle of the answer.
  throw new Problem(0);
}

/** Each event as it came, and each comment that tells a place in the line. */
async function* events(
  body: ReadableStream<Uint8Array>,
  patience: Patience,
): AsyncGenerator<Piece> {
  const waiting: Piece[] = [];
  const parser = createParser({
    onEvent: ({ event = "", data }) => {
      waiting.push({ event: { name: event, data } });
    },
    onComment: (comment) => {
      waiting.push({ place: Number(/^place (\d+)/.exec(comment.trim())?.[1] ?? 0) });
    },
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      patience.wait(PATIENCE.between);
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* waiting.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function read(name: string, data: string): Piece {
  if (name) return { event: { name, data: JSON.parse(data) as unknown } };
  const chunk = JSON.parse(data) as Chunk;
  if (chunk.error) throw streamProblem(chunk.error);
  const choice = chunk.choices?.[0];
  return {
    ...(chunk.model && { model: chunk.model }),
    ...(choice?.delta?.content && { text: choice.delta.content }),
    ...(choice?.finish_reason && { ended: choice.finish_reason }),
    ...(chunk.usage && { usage: chunk.usage }),
  };
}
