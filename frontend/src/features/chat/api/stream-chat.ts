import { createParser } from "eventsource-parser";
import { Problem } from "@/shared/api/problem";
import { openAiProblem, streamProblem } from "./openai-problem";

export interface Message {
  role: "user" | "assistant";
  content: string;
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

/** What a stream brings: more text, the reason of its end, or what it cost. */
export interface Piece {
  text?: string;
  ended?: string;
  usage?: Usage;
}

interface Chunk {
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  usage?: Usage | null;
  error?: { message?: string; code?: string };
}

/** Asks for the next turn of a conversation, and reads it as it is written. */
export async function streamChat(
  model: string,
  messages: Message[],
  signal: AbortSignal,
): Promise<AsyncGenerator<Piece>> {
  const request = new Request(new URL("/api/ai/v1/chat/completions", window.location.origin), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    }),
    signal,
  });
  const response = await fetch(request).catch(noConnection);
  if (!response.ok || !response.body) throw await openAiProblem(response);
  return pieces(response.body);
}

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<Piece> {
  let finished = false;
  for await (const data of events(body)) {
    if (data === "[DONE]") return;
    const piece = read(data);
    finished ||= piece.ended !== undefined;
    yield piece;
  }
  // The connection was cut in the middle of the answer.
  if (!finished) throw new Problem(0);
}

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const waiting: string[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      waiting.push(data);
    },
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(noConnection);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* waiting.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function read(data: string): Piece {
  const chunk = JSON.parse(data) as Chunk;
  if (chunk.error) throw streamProblem(chunk);
  const choice = chunk.choices?.[0];
  return {
    ...(choice?.delta?.content && { text: choice.delta.content }),
    ...(choice?.finish_reason && { ended: choice.finish_reason }),
    ...(chunk.usage && { usage: chunk.usage }),
  };
}

function noConnection(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
  throw new Problem(0);
}
