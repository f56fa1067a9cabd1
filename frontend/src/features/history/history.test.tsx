import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const entry = (id: string, action: string, detail: object = {}, more: object = {}) => ({
  id,
  at: "2026-11-25T10:00:00Z",
  action,
  by_me: true,
  to_me: true,
  address: "192.0.2.7",
  detail,
  ...more,
});
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

const newest = [
  entry("5", "sign_in.succeeded", { user_agent: FIREFOX, new_device: true }),
  entry("4", "sign_in.succeeded", { user_agent: FIREFOX }),
  entry("3", "user.role_given", { role: "editor" }, { by_me: false }),
  entry("2", "user.role_given", { role: "member" }, { to_me: false }),
  entry("b", "user.role_given", { role: "reader", reason: "sign-up" }, { by_me: false }),
  entry("a", "user.status_changed", { after: "active" }, { by_me: false, address: "command line" }),
];
const oldest = [entry("1", "something.from_tomorrow")];

const lines = () => screen.getAllByRole("listitem").filter((line) => line.closest("ol"));
const line = (words: string | RegExp) =>
  within(lines().find((each) => within(each).queryByText(words)) as HTMLElement);

test("what happened is told in words, and a sign-in from a new device is marked", async () => {
  fakePlatform({ "GET /api/account/audit": () => json({ items: newest, next: null }) });
  const { container } = renderApp("/app/account/history");

  expect(await screen.findAllByText(/Signed in/)).toHaveLength(2);
  expect(screen.getAllByText("New device")).toHaveLength(1);
  expect(line("New device").getByText("Firefox on Linux")).toBeVisible();
  expect(line(/“editor” given/).getByText("By the administration")).toBeVisible();
  expect(line(/“member” given/).getByText("For somebody else, by you")).toBeVisible();
  expect(line(/“reader” given/).getByText("By the rule for a first sign-in")).toBeVisible();
  expect(line(/“reader” given/).queryByText("By the administration")).not.toBeInTheDocument();
  expect(line("Account approved").getByText("From the command line")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show older" })).not.toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("older entries come when they are asked for, and a refusal leaves the newer ones", async () => {
  let rests = true;
  fakePlatform({
    "GET /api/account/audit": (_, url) => {
      if (url.searchParams.get("cursor") === null) return json({ items: newest, next: "2" });
      return rests ? problem(503, "unavailable") : json({ items: oldest, next: null });
    },
  });
  const { user } = renderApp("/app/account/history");
  await user.click(await screen.findByRole("button", { name: "Show older" }));
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(lines().filter((each) => each.textContent.includes("Signed in"))).toHaveLength(2);

  rests = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("something.from_tomorrow")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show older" })).not.toBeInTheDocument();
});

test("a history without entries says so", async () => {
  fakePlatform({ "GET /api/account/audit": () => json({ items: [], next: null }) });
  renderApp("/app/account/history");

  expect(await screen.findByText("Nothing has happened yet.")).toBeVisible();
});
