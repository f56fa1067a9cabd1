import { afterEach, expect, test, vi } from "vitest";
import { comment, delta, streamed } from "@/testing/fake-stream";
import { modelStream, PATIENCE } from "./model-stream";
import { Problem } from "./problem";

afterEach(() => {
  vi.useRealTimers();
});

const stopped = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new DOMException("aborted", "AbortError"));
    });
  });

async function read(answer: (request: Request) => Promise<Response>, signal: AbortSignal) {
  vi.stubGlobal("fetch", answer);
  const pieces: object[] = [];
  try {
    for await (const piece of modelStream("/x", {}, signal)) pieces.push(piece);
    return { pieces, problem: null };
  } catch (problem) {
    return { pieces, problem };
  }
}

test.each([
  ["a service that does not answer", (request: Request) => stopped(request.signal)],
  [
    "a stream that falls silent",
    ({ signal }: Request) =>
      Promise.resolve(streamed([comment("place 2"), delta("Half")], { whole: false, signal })),
  ],
])("%s is told as one that took too long", async (_, answer) => {
  vi.useFakeTimers();
  const reading = read(answer, new AbortController().signal);
  await vi.advanceTimersByTimeAsync((PATIENCE.first + 1) * 1000);
  const { problem } = await reading;

  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 504, slug: "timeout" });
});

test("who stops it is told of no problem of the service", async () => {
  const aborting = new AbortController();
  const reading = read(({ signal }) => stopped(signal), aborting.signal);
  aborting.abort();

  expect((await reading).problem).toBeInstanceOf(DOMException);
});
