import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";
import { byDay, byModel, lastDays } from "./by-day";

const today = new Date().toISOString().slice(0, 10);
const use = { day: today, model: "small", requests: 2, prompt_tokens: 30, completion_tokens: 12 };
const period = { limit: 1000, used: 42, reserved: 0, left: 958, ends_at: "2026-11-26T00:00:00Z" };
const usage = {
  day: period,
  month: { ...period, limit: 10_000, left: 9_458, reserved: 500 },
  items: [use, { ...use, model: "big", completion_tokens: 970 }],
};

test("what is used, what is left, and by which model", async () => {
  fakePlatform({ "GET /api/ai/usage": () => json(usage) });
  const { container } = renderApp("/app/ai/usage");

  const day = await screen.findByRole("region", { name: "Today" });
  expect(day).toHaveTextContent("42 of 1,000 tokens used; 958 left.");
  expect(day).not.toHaveTextContent("set aside");
  expect(screen.getByRole("region", { name: "This month" })).toHaveTextContent(
    "500 are set aside for what runs now.",
  );
  expect(screen.getByRole("figure", { name: "Tokens" })).toHaveTextContent("1,042 in all");
  expect(day).not.toHaveTextContent("of it is used");
  const models = within(screen.getByRole("table", { name: "By model" })).getAllByRole("row");
  expect(models.map(({ textContent }) => textContent)).toEqual([
    "ModelRequestsTokens",
    "big21,000",
    "small242",
  ]);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test.each([
  [800, "80% of it is used."],
  [999, "99% of it is used."],
  [1000, "All of it is used."],
])("that most of a budget is used is told in words (%i of 1000)", async (used, words) => {
  const day = { ...period, used, left: 1000 - used };
  fakePlatform({ "GET /api/ai/usage": () => json({ ...usage, day }) });
  renderApp("/app/ai/usage");

  expect(await screen.findByText(words)).toBeVisible();
});

test("a service that does not answer is told, and asked again", async () => {
  let asked = 0;
  fakePlatform({
    "GET /api/ai/usage": () => (asked++ === 0 ? problem(503, "unavailable") : json(usage)),
  });
  const { user } = renderApp("/app/ai/usage");
  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("region", { name: "Today" })).toBeVisible();
});

test("days without use are there too", () => {
  const days = lastDays(3, new Date("2026-03-01T12:00:00Z"));
  expect(days).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  const items = [{ ...use, day: "2026-02-28" }];
  expect(byDay(items, days).map(({ tokens }) => tokens)).toEqual([0, 42, 0]);
});

test("a model's days are added up", () => {
  expect(byModel([use, { ...use, day: "2026-01-01" }])).toEqual([
    { model: "small", requests: 4, tokens: 84 },
  ]);
});
