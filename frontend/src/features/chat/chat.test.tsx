import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, gazpacho, json, member, problem } from "@/testing/fake-platform";
import { comment, cost, delta, ended, streamed } from "@/testing/fake-stream";
import { renderApp } from "@/testing/render-app";

const bundled = { id: "smollm2-135m-instruct", kind: "chat", owned_by: "zaguan" };
const better = { id: "better", kind: "chat", owned_by: "upstream" };
const embedding = { id: "all-minilm-l6-v2", kind: "embedding", owned_by: "zaguan" };

const reader = { ...member, permissions: [...member.permissions, "ai:use"] };
const CHAT = "POST /api/ai/v1/chat/completions";

const platform = (
  answer: (request: Request) => Response | Promise<Response>,
  models = [bundled, better, embedding],
  more: Parameters<typeof fakePlatform>[0] = {},
) =>
  fakePlatform({
    "GET /api/account": () => json(reader),
    "GET /api/ai/usage": () => json({ day: { left: 9958 }, month: { left: 20_000 }, items: [] }),
    "GET /api/ai/v1/models": () => json({ object: "list", data: models }),
    [CHAT]: answer,
    ...more,
  });

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
  [503, "model-unavailable", "The model is not available", {}],
  [502, "model-failed", "The answer broke off", {}],
  [504, "timeout", "The model took too long", {}],
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

test("a conversation goes on while another page is looked at, and is there on the way back", async () => {
  platform(() => streamed([delta("Yes."), ended("stop"), "[DONE]"]));
  const { user, router } = renderApp("/app/ai");
  await ask(user, "Are you there?");
  await screen.findByText("The answer is complete.");
  await router.navigate("/app/ai/ask");
  await screen.findByRole("textbox", { name: "Your question" });
  await router.navigate("/app/ai");

  expect(await screen.findByText("Are you there?")).toBeVisible();
  expect(screen.getByText("Yes.")).toBeVisible();
});

test("while others are before, the place in the line is told", async () => {
  platform((request) => streamed([comment("place 2")], { whole: false, signal: request.signal }));
  const { user } = renderApp("/app/ai");
  await ask(user, "Well?");

  expect(await screen.findByText(/you are number 2 in the line/)).toBeVisible();
});

test("what no longer fits is let go visibly, when the person says so", async () => {
  const told: { messages: { content: string }[] }[] = [];
  platform(async (request) => {
    told.push((await request.json()) as (typeof told)[0]);
    return told.length === 3
      ? refused(400, "context_length_exceeded")
      : streamed([delta("Yes."), ended("stop"), "[DONE]"]);
  });
  const { user } = renderApp("/app/ai");
  for (const [times, question] of ["One?", "Two?"].entries()) {
    await ask(user, question);
    await waitFor(() => {
      expect(screen.getAllByText("The answer is complete.")).toHaveLength(times + 1);
    });
  }
  await ask(user, "Three?");
  await user.click(
    await screen.findByRole("button", { name: "Go on without the oldest messages" }),
  );

  expect(await screen.findByText("The model is no longer told what stands above.")).toBeVisible();
  await waitFor(() => {
    expect(told).toHaveLength(4);
  });
  expect(told[3]?.messages.map(({ content }) => content)).toEqual(["Three?"]);
  expect(screen.getByText("One?")).toBeVisible();
});

test("the last question can be edited: what followed it is answered anew", async () => {
  const { requests } = platform(() => streamed([delta("Yes."), ended("stop"), "[DONE]"]));
  const { user } = renderApp("/app/ai");
  await ask(user, "What is a zagan?");
  await user.click(await screen.findByRole("button", { name: "Edit your last question" }));
  const field = screen.getByRole("textbox", { name: "Your last question, anew" });
  expect(field).toHaveFocus();
  expect(field).toHaveValue("What is a zagan?");
  await user.clear(field);
  await user.type(field, "What is a zaguán?{Enter}");

  expect(await screen.findByText("What is a zaguán?")).toBeVisible();
  expect(screen.queryByText("What is a zagan?")).toBeNull();
  expect(await asked(requests).at(-1)?.json()).toMatchObject({
    messages: [{ role: "user", content: "What is a zaguán?" }],
  });
});

test("nothing is kept unless the person says so; then it is a document, and what comes later goes over it", async () => {
  const saved: object[] = [];
  const save = async (request: Request) => {
    saved.push((await request.json()) as object);
    return json(gazpacho, { ETag: `"${saved.length}"` }, 201);
  };
  const { requests } = platform(
    () => streamed([delta("A **hall**."), ended("stop"), "[DONE]"]),
    [bundled],
    { "POST /api/documents": save, [`PUT /api/documents/${gazpacho.id}`]: save },
  );
  const { user } = renderApp("/app/ai");
  expect(await screen.findByText(/Nothing of a conversation is stored/)).toBeVisible();
  await ask(user, "What is a\nzaguán?");
  await user.click(await screen.findByRole("button", { name: "Keep this conversation" }));
  expect(await screen.findByText(/Kept as/)).toBeVisible();
  expect(saved).toEqual([
    {
      title: "What is a zaguán?",
      body: "# You\n\nWhat is a  \nzaguán?\n\n# tiny\n\nA **hall**.",
      tags: ["chat"],
    },
  ]);

  await ask(user, "Whose?");
  await user.click(await screen.findByRole("button", { name: "Keep what has come since, too" }));
  await waitFor(() => {
    expect(saved).toHaveLength(2);
  });
  expect(requests.at(-1)?.headers.get("If-Match")).toBe('"1"');
});

test("what was kept and has been changed meanwhile is not overwritten: it is kept beside it", async () => {
  const { requests } = platform(
    () => streamed([delta("Yes."), ended("stop"), "[DONE]"]),
    [bundled],
    {
      "POST /api/documents": () => json(gazpacho, { ETag: '"1"' }, 201),
      [`PUT /api/documents/${gazpacho.id}`]: () => problem(412, "changed-meanwhile"),
    },
  );
  const { user } = renderApp("/app/ai");
  await ask(user, "One?");
  await user.click(await screen.findByRole("button", { name: "Keep this conversation" }));
  await screen.findByText(/Kept as/);
  await ask(user, "Two?");
  await user.click(await screen.findByRole("button", { name: "Keep what has come since, too" }));

  const kept = () =>
    requests.filter(({ url, method }) => method === "POST" && url.endsWith("/documents"));
  await waitFor(() => {
    expect(kept()).toHaveLength(2);
  });
});
