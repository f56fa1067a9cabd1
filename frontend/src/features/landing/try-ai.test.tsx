import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { createQueryClient } from "@/shared/query-client";
import { Providers } from "@/shared/start";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { delta, ended, streamed } from "@/testing/fake-stream";
import { TryAi } from "./try-ai";

const hit = { document_id: "s1", title: "Courtyards", passage: { text: "Shade and **water**." } };
const platform = {
  "POST /api/ai/trial/search": () => json({ items: [hit], language: {} }),
  "POST /api/ai/trial/tags": () => json({ items: [{ tag: "summer" }, { tag: "house" }] }),
  "POST /api/ai/trial/language": () =>
    json({ languages: [{ code: "es", probability: 1 }], english: "cool house" }),
  "POST /api/ai/trial/chat": () =>
    streamed([delta("Close the "), delta("shutters."), ended("stop"), "[DONE]"]),
};

async function tryIt(button: string) {
  const view = render(
    <Providers queryClient={createQueryClient()}>
      <TryAi />
    </Providers>,
  );
  expect(screen.getByRole("button", { name: button })).toBeDisabled();
  await userEvent.type(screen.getByRole("textbox", { name: "Some words of yours" }), "casa fresca");
  await userEvent.click(screen.getByRole("button", { name: button }));
  return view;
}

test("a visitor finds samples by what they mean", async () => {
  const { requests } = fakePlatform(platform);
  const { container } = await tryIt("Find samples about it");

  expect(await screen.findByText("Courtyards")).toBeVisible();
  expect((await screen.findByText("water")).tagName).toBe("STRONG");
  expect(await requests[0]?.json()).toEqual({ query: "casa fresca" });
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("language and tags of a text are told", async () => {
  fakePlatform(platform);
  await tryIt("Tell language and tags");

  expect(await screen.findByText("Language: Spanish")).toBeVisible();
  expect(screen.getByText(/cool house/)).toBeVisible();
  expect(screen.getByText("summer")).toBeVisible();
});

test("a small model answers", async () => {
  fakePlatform(platform);
  await tryIt("Let a small model answer");

  expect(await screen.findByText("Close the shutters.")).toBeVisible();
});

test("an answer that reached its greatest length is said to end there", async () => {
  fakePlatform({
    ...platform,
    "POST /api/ai/trial/chat": () => streamed([delta("Close the"), ended("length"), "[DONE]"]),
  });
  await tryIt("Let a small model answer");
  expect(await screen.findByText("It ends here: what visitors try is short.")).toBeVisible();
});

test("what it writes can be stopped, and stays", async () => {
  fakePlatform({
    ...platform,
    "POST /api/ai/trial/chat": ({ signal }) =>
      streamed([delta("Close the ")], { whole: false, signal }),
  });
  await tryIt("Let a small model answer");
  expect(await screen.findByText("Close the")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));

  expect(await screen.findByText("You stopped it.")).toBeVisible();
  expect(screen.getByText("Close the")).toBeVisible();
});

function later(slug: string): Response {
  const refusal = problem(429, slug);
  refusal.headers.set("Retry-After", "7200");
  return refusal;
}

test.each([
  [later("budget-used-up"), "That is all for today"],
  [later("budget-used-up"), "Sign in for a larger one. Wait 120 minutes, then try again."],
  [later("too-many-requests"), "Too many requests"],
  [problem(404, "refused"), "There is no AI here"],
])("a refusal is told in plain words (%#)", async (refusal, words) => {
  fakePlatform({ ...platform, "POST /api/ai/trial/chat": () => refusal });
  await tryIt("Let a small model answer");

  expect(await screen.findByRole("alert")).toHaveTextContent(words);
});
