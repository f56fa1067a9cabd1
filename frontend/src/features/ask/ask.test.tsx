import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const ASK = "POST /api/ai/ask";
const passage = {
  number: 1,
  document_id: "0192-gazpacho",
  title: "Gazpacho",
  text: "A cold soup of ripe tomatoes.",
  start: 0,
  similarity: 0.7,
};
const answered = {
  answer: "It is a cold soup. It is blue.",
  model: "tiny",
  passages: [passage],
  citations: [
    { sentence: "It is a cold soup.", passages: [1], by: "model" },
    { sentence: "It is blue.", passages: [], by: "nothing" },
  ],
  grounded: true,
};

async function ask(user: ReturnType<typeof renderApp>["user"]) {
  await user.type(await screen.findByRole("textbox", { name: "Your question" }), "What is it?");
  await user.click(screen.getByRole("button", { name: "Ask" }));
}

test("each sentence leads to its source, and the source to its document", async () => {
  const { requests } = fakePlatform({ [ASK]: () => json(answered) });
  const { user, container } = renderApp("/app/ai/ask");
  await ask(user);

  const source = await screen.findByRole("link", { name: "Source 1" });
  const target = container.querySelector(`[id="${source.getAttribute("href")?.slice(1) ?? ""}"]`);
  expect(target).toHaveTextContent("A cold soup of ripe tomatoes.");
  expect(screen.getByRole("link", { name: "Gazpacho" })).toHaveAttribute(
    "href",
    "/app/documents/0192-gazpacho",
  );
  expect(screen.getAllByRole("link", { name: /^Source/ })).toHaveLength(1);
  const asked = requests.find(({ method }) => method === "POST");
  expect(await asked?.json()).toMatchObject({ question: "What is it?" });
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("without a source there is no answer, and it is said", async () => {
  fakePlatform({
    [ASK]: () => json({ answer: null, model: null, passages: [], citations: [], grounded: false }),
  });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByText(/say nothing about this/)).toBeVisible();
});

test("an answer that rests on nothing warns", async () => {
  const citations = [{ sentence: "It is blue.", passages: [], by: "nothing" }];
  fakePlatform({ [ASK]: () => json({ ...answered, citations, grounded: false }) });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByText(/do not rely on it/)).toBeVisible();
});

test("a question can be stopped", async () => {
  fakePlatform({
    [ASK]: (request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener("abort", () => {
          reject(new DOMException("aborted", "AbortError"));
        });
      }),
  });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);
  await user.click(await screen.findByRole("button", { name: "Stop" }));

  expect(await screen.findByText("You stopped this question.")).toBeVisible();
});

test("a refusal is told", async () => {
  fakePlatform({ [ASK]: () => problem(503, "unavailable") });
  const { user } = renderApp("/app/ai/ask");
  await ask(user);

  expect(await screen.findByRole("alert")).toHaveTextContent("resting");
});
