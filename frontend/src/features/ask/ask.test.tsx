import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import {
  fakePlatform,
  gazpacho,
  json,
  member,
  oneDocument,
  problem,
} from "@/testing/fake-platform";
import { comment, cost, delta, ended, named, streamed } from "@/testing/fake-stream";
import { renderApp } from "@/testing/render-app";

const ASK = "POST /api/ai/ask";
const passage = {
  number: 1,
  document_id: gazpacho.id,
  title: "Gazpacho",
  text: "## Soup\n\nA cold soup of **ripe** tomatoes.",
  start: 5,
  similarity: 0.7,
};
const citations = [
  { sentence: "It is a *cold* soup [1].", passages: [1], by: "model" },
  { sentence: "It is blue [7].", passages: [], by: "nothing" },
];
const pieces = [
  named("passages", [passage]),
  delta("It is a *cold* soup [1]. It"),
  delta(" is blue [7]."),
  ended("stop"),
  cost,
];
const answered =
  (told: object = { citations, grounded: true }) =>
  () =>
    streamed([...pieces, named("citations", told), "[DONE]"]);

type Answers = Parameters<typeof fakePlatform>[0];

const platform = (answers: Answers) =>
  fakePlatform({
    "GET /api/account": () => json({ ...member, permissions: [...member.permissions, "ai:use"] }),
    "GET /api/ai/usage": () => json({ day: { left: 9958 }, month: { left: 20_000 }, items: [] }),
    "GET /api/ai/v1/models": () =>
      json({
        data: [
          { id: "tiny", kind: "chat", owned_by: "zaguan" },
          { id: "better", kind: "chat", owned_by: "upstream" },
        ],
      }),
    ...answers,
  });

type User = ReturnType<typeof renderApp>["user"];

async function ask(user: User) {
  await user.type(await screen.findByRole("textbox", { name: "Your question" }), "Which soup?");
  await user.click(screen.getByRole("button", { name: "Ask" }));
}

test("each sentence leads to its source, and the source to its place in the document", async () => {
  const { requests } = platform({ ...oneDocument, [ASK]: answered() });
  const { user, container, router } = renderApp("/app/ai/ask");
  await user.selectOptions(await screen.findByRole("combobox", { name: "Model" }), "better");
  await ask(user);

  const source = await screen.findByRole("link", { name: "Source 1" });
  const target = container.querySelector(`[id="${source.getAttribute("href")?.slice(1) ?? ""}"]`);
  expect(target).toHaveTextContent("A cold soup of ripe tomatoes.");
  expect(screen.getByText("cold", { selector: "em" })).toBeVisible();
  expect(screen.getByText(/42 tokens/)).toBeVisible();
  const asked = requests.find(({ method }) => method === "POST");
  expect(await asked?.json()).toEqual({ question: "Which soup?", model: "better", stream: true });
  expect(await accessibilityProblems(container)).toEqual([]);

  await user.click(screen.getByRole("link", { name: "Gazpacho" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Gazpacho" })).toBeVisible();
  expect(router.state.location.search).toBe("?passage=5-47");
  // Whoever comes back finds the answer again, without asking anew.
  await router.navigate(-1);
  expect(await screen.findByRole("link", { name: "Source 1" })).toBeVisible();
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("what the model names as a source and was not given is never shown as one", async () => {
  platform({ [ASK]: answered() });
  const { user, container } = renderApp("/app/ai/ask");
  await ask(user);
  await screen.findByText("The answer is complete.");

  expect(screen.getAllByRole("link", { name: /^Source/ })).toHaveLength(1);
  expect(container).not.toHaveTextContent("[7]");
  expect(screen.getByText("It is blue.")).toHaveClass(/unsupported/);
  expect(screen.getByText(/What is in italics/)).toBeVisible();
});

test("before the sources are checked none is shown, and the answer can be stopped", async () => {
  platform({
    [ASK]: ({ signal }) => streamed(pieces, { whole: false, signal }),
  });
  const { user, container } = renderApp("/app/ai/ask");
  await ask(user);
  expect(await screen.findByText(/It is blue/)).toBeVisible();
  expect(screen.queryByRole("link", { name: /^Source/ })).toBeNull();
  expect(container).not.toHaveTextContent("[7]");
  await user.click(screen.getByRole("button", { name: "Stop" }));

  expect(await screen.findByText(/You stopped this answer/)).toBeVisible();
  expect(screen.getByText(/It is blue/)).toBeVisible();
});

test("the place in the line is told", async () => {
  platform({
    [ASK]: ({ signal }) =>
      streamed([named("passages", [passage]), comment("place 3")], { whole: false, signal }),
  });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByText(/you are number 3 in the line/)).toBeVisible();
});

test("without a passage there is no answer, and it is said", async () => {
  const nothing = { citations: [], grounded: false };
  platform({
    [ASK]: () => streamed([named("passages", []), named("citations", nothing), "[DONE]"]),
  });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByText(/say nothing about this/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Keep this answer" })).toBeNull();
});

test("an answer that rests on nothing warns", async () => {
  const none = citations.map((each) => ({ ...each, passages: [], by: "nothing" }));
  platform({ [ASK]: answered({ citations: none, grounded: false }) });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByText(/do not rely on it/)).toBeVisible();
});

test("an answer is kept as a document whose sources are links, when the person says so", async () => {
  const { requests } = platform({
    [ASK]: answered(),
    "POST /api/documents": () => json(gazpacho, { ETag: '"1"' }, 201),
  });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);
  await user.click(await screen.findByRole("button", { name: "Keep this answer" }));

  expect(await screen.findByText(/Kept as/)).toBeVisible();
  expect(within(screen.getByText(/Kept as/)).getByRole("link")).toHaveAttribute(
    "href",
    `/app/documents/${gazpacho.id}`,
  );
  const kept = (await requests.find(({ url }) => url.endsWith("/documents"))?.json()) as {
    body: string;
  };
  expect(kept).toMatchObject({ title: "Which soup?", tags: ["answer"] });
  expect(kept.body).toContain(
    "It is a *cold* soup. [\\[1\\]](/app/documents/0192-gazpacho?passage=5-47) It is blue.",
  );
  expect(kept.body).toContain("- [\\[1\\] Gazpacho](/app/documents/0192-gazpacho?passage=5-47)");
  expect(kept.body).not.toContain("[7]");
});

test.each([
  [503, "model-unavailable", "The model is not available"],
  [504, "timeout", "The model took too long"],
  [429, "budget-used-up", "Your budget is used up"],
  [429, "queue-full", "Too many at once"],
  [400, "too-long-for-this-model", "Too long for this model"],
])("%i %s is told in plain words", async (status, slug, words) => {
  platform({ [ASK]: () => problem(status, slug) });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  await waitFor(() => {
    expect(screen.getByRole("button", { name: "Ask" })).toBeEnabled();
  });
});
