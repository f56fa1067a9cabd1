import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, member } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const bundled = { id: "smollm2-135m-instruct", kind: "chat", owned_by: "zaguan" };
const better = { id: "better", kind: "chat", owned_by: "upstream" };
const embedding = { id: "all-minilm-l6-v2", kind: "embedding", owned_by: "zaguan" };

const reader = { ...member, permissions: [...member.permissions, "ai:use"] };
const CHAT = "POST /api/ai/v1/chat/completions";

const platform = (answer: (request: Request) => Response, models = [bundled, better, embedding]) =>
  fakePlatform({
    "GET /api/account": () => json(reader),
    "GET /api/ai/usage": () => json({ day: { left: 9958 }, month: { left: 20_000 }, items: [] }),
    "GET /api/ai/v1/models": () => json({ object: "list", data: models }),
    [CHAT]: answer,
  });

const delta = (content: string) => ({ choices: [{ delta: { content }, finish_reason: null }] });
const ended = (reason: string) => ({ choices: [{ delta: {}, finish_reason: reason }] });
const cost = { choices: [], usage: { prompt_tokens: 20, completion_tokens: 22 } };
const sent = (chunk: object | string) =>
  `data: ${typeof chunk === "string" ? chunk : JSON.stringify(chunk)}\n\n`;

/** An answer whose pieces come one by one; `whole` says that the stream is closed after the last. */
function streamed(chunks: (object | string)[], { whole = true, signal }: Streaming = {}): Response {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      for (const chunk of chunks) stream.enqueue(bytes.encode(sent(chunk)));
      if (whole) stream.close();
      signal?.addEventListener("abort", () => {
        stream.error(new DOMException("aborted", "AbortError"));
      });
    },
  });
  return new Response(body, {
    headers: { "Content-Type": "text/event-stream" },
  });
}

interface Streaming {
  whole?: boolean;
  signal?: AbortSignal;
}

const refused = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ error: { message: code, type: code, code } }, headers, status);

const asked = (requests: Request[]) => requests.filter(({ method }) => method === "POST");

type User = ReturnType<typeof renderApp>["user"];

async function ask(user: User, text: string) {
  await user.type(await screen.findByRole("textbox", { name: "Your message" }), text);
  await user.click(screen.getByRole("button", { name: "Send" }));
}

test("an answer is written piece by piece, as Markdown, with what it cost", async () => {
  const { requests } = platform(() =>
    streamed([delta("Ripe **tom"), delta("atoes**."), ended("stop"), cost, "[DONE]"]),
  );
  const { user, container } = renderApp("/app/ai");
  await ask(user, "What is in gazpacho?");

  expect(await screen.findByText("The answer is complete.")).toBeInTheDocument();
  expect(screen.getByText("tomatoes").tagName).toBe("STRONG");
  expect(screen.getByText(/42 tokens/)).toBeVisible();
  expect(screen.getByText("You can still use 9,958 tokens today.")).toBeVisible();
  const body = (await asked(requests).at(-1)?.json()) as object;
  expect(body).toMatchObject({
    model: bundled.id,
    stream: true,
    messages: [{ role: "user", content: "What is in gazpacho?" }],
  });
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("the next question carries the conversation so far, and goes to the chosen model", async () => {
  const { requests } = platform(() => streamed([delta("Yes."), ended("stop"), "[DONE]"]));
  const { user } = renderApp("/app/ai");
  await ask(user, "One?");
  await screen.findByText("The answer is complete.");
  await user.selectOptions(screen.getByRole("combobox", { name: "Model" }), "better");
  await ask(user, "Two?");

  await waitFor(() => {
    expect(screen.getAllByText("The answer is complete.")).toHaveLength(2);
  });
  expect(await asked(requests).at(-1)?.json()).toMatchObject({
    model: "better",
    messages: [
      { role: "user", content: "One?" },
      { role: "assistant", content: "Yes." },
      { role: "user", content: "Two?" },
    ],
  });
});

test("an answer can be stopped, and what was written stays", async () => {
  platform((request) =>
    streamed([delta("Once upon a time")], { whole: false, signal: request.signal }),
  );
  const { user } = renderApp("/app/ai");
  await ask(user, "A story");
  expect(await screen.findByText("Once upon a time")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Stop" }));

  expect(await screen.findByText("You stopped this answer.")).toBeVisible();
  expect(screen.getByText("Once upon a time")).toBeVisible();
  expect(screen.getByRole("button", { name: "Send" })).toBeVisible();
});

test.each([
  ["cut off", [delta("Half an")]],
  ["an error in mid-stream", [delta("Half an"), { error: { message: "x", code: "upstream" } }]],
])("%s: it is said, what was written stays, and one can ask again", async (_, chunks) => {
  let times = 0;
  platform(() =>
    streamed(times++ === 0 ? chunks : [delta("A whole answer"), ended("stop"), "[DONE]"]),
  );
  const { user } = renderApp("/app/ai");
  await ask(user, "Well?");

  expect(await screen.findByRole("alert")).toBeVisible();
  expect(screen.getByText("Half an")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Answer again" }));
  expect(await screen.findByText("A whole answer")).toBeVisible();
  expect(screen.queryByText("Half an")).toBeNull();
});

test.each([
  [429, "insufficient_quota", "Your budget is used up", { "Retry-After": "3600" }],
  [429, "rate_limit_exceeded", "Too many at once", { "Retry-After": "2" }],
  [400, "context_length_exceeded", "Too long for this model", {}],
  [503, "upstream", "The answer broke off", {}],
])("%i %s is told in plain words", async (status, code, words, headers) => {
  platform(() => refused(status, code, headers));
  const { user } = renderApp("/app/ai");
  await ask(user, "Well?");

  expect(await screen.findByRole("alert")).toHaveTextContent(words);
});

test("an answer that reached its greatest length says so", async () => {
  platform(() => streamed([delta("Long"), ended("length"), "[DONE]"]));
  const { user } = renderApp("/app/ai");
  await ask(user, "More");

  expect(await screen.findByText(/reached its greatest length/)).toBeVisible();
});

test("the bundled model says what it cannot do; another has no such note", async () => {
  platform(() => streamed([]));
  const { user } = renderApp("/app/ai");

  expect(await screen.findByText(/invents facts/)).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Model" }), "better");
  expect(screen.queryByText(/invents facts/)).toBeNull();
});

test("where there is only a model for embeddings, there is none to chat with", async () => {
  platform(() => streamed([]), [embedding]);
  renderApp("/app/ai");

  expect(await screen.findByText(/no model that you may use/)).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("who may not use it is not led there", async () => {
  fakePlatform({ "GET /api/documents": () => json({ items: [], next: null }) });
  renderApp("/app/documents");
  await screen.findByRole("heading", { name: "Documents" });
  expect(screen.queryByRole("link", { name: "AI" })).toBeNull();
});
