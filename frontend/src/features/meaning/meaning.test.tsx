import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const SEARCH = "POST /api/ai/search";
const hit = {
  document_id: "0192-gazpacho",
  title: "Gazpacho",
  tags: ["kitchen"],
  score: 0.03,
  similarity: 0.7,
  found_by: ["meaning"],
  passage: { text: "A cold soup of ripe **tomatoes**.", start: 0 },
};
const english = { code: "en", translated: false, spanish: true };
const found = (items: object[], language: object = english) => json({ items, language });

test("what is asked is in the address; each hit shows its passage and leads to its document", async () => {
  const { requests } = fakePlatform({ [SEARCH]: () => found([hit]) });
  const { container } = renderApp("/app/ai/search?q=something+cold+to+eat");

  const row = (await screen.findByRole("heading", { name: "Gazpacho" })).closest("li");
  expect(row).toHaveTextContent("A cold soup of ripe tomatoes.");
  expect(row).toHaveTextContent("Found by meaning");
  expect(within(row as HTMLElement).getByRole("link")).toHaveAttribute(
    "href",
    "/app/documents/0192-gazpacho?passage=0-33",
  );
  // Read as in the document, with the words of the question marked.
  expect(within(row as HTMLElement).getByText("tomatoes").tagName).toBe("STRONG");
  expect(within(row as HTMLElement).getByText("cold").tagName).toBe("MARK");
  const asked = requests.findLast(({ method }) => method === "POST");
  expect(await asked?.json()).toMatchObject({ query: "something cold to eat" });
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("nothing is asked before something is typed", async () => {
  const { requests } = fakePlatform({ [SEARCH]: () => found([]) });
  const { user } = renderApp("/app/ai/search");
  const box = await screen.findByRole("searchbox", { name: "What do you look for?" });
  expect(requests.filter(({ method }) => method === "POST")).toEqual([]);

  await user.type(box, "soup");
  expect(await screen.findByText(/Nothing of yours is about this/)).toBeVisible();
});

test("a server without translation says so to who asks in Spanish", async () => {
  fakePlatform({
    [SEARCH]: () => found([hit], { code: "es", translated: false, spanish: false }),
  });
  renderApp("/app/ai/search?q=sopa+fría");

  expect(await screen.findByText("apertium-eng-spa")).toBeVisible();
});

test("a refusal is told, and asked again on demand", async () => {
  let asked = 0;
  fakePlatform({
    [SEARCH]: () => (asked++ === 0 ? problem(503, "unavailable") : found([hit])),
  });
  const { user } = renderApp("/app/ai/search?q=soup");
  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("heading", { name: "Gazpacho" })).toBeVisible();
});
