import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";
import { goOn } from "./go-on";

// jsdom loads no other page.
vi.mock("./go-on", () => ({ goOn: vi.fn() }));

beforeEach(() => {
  vi.mocked(goOn).mockClear();
});

const PAGE = "/app/account/google";
const none = {
  connected: false,
  needs_reconnecting: false,
  email: null,
  connected_at: null,
  scopes: [],
  missing: [],
  offered: [
    { name: "calendar.readonly", allows: "See events", services: ["agenda"] },
    { name: "from.tomorrow", allows: "Do what is new", services: [] },
  ],
};
const connected = {
  ...none,
  connected: true,
  email: "mar@gmail.example",
  connected_at: "2026-11-20T10:00:00Z",
  scopes: ["calendar.readonly"],
};
const is = (connection: object) => ({ "GET /api/account/google": () => json(connection) });
const begins = {
  "POST /api/account/google": () => json({ location: "/auth/google?ticket=sealed" }),
};

test("what is chosen is connected at Google's own page", async () => {
  const { requests } = fakePlatform({ ...is(none), ...begins });
  const { user, container } = renderApp(PAGE);
  const choice = await screen.findByRole("checkbox", { name: "See the events of your calendars" });
  expect(choice).toHaveAccessibleDescription("For: agenda");
  expect(screen.getByRole("checkbox", { name: "Do what is new" })).toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);
  await user.click(choice);
  await user.click(screen.getByRole("button", { name: "Go on at Google" }));

  await waitFor(() => {
    expect(goOn).toHaveBeenCalledWith("/auth/google?ticket=sealed");
  });
  expect(await requests.find(({ method }) => method === "POST")?.json()).toEqual({
    scopes: ["calendar.readonly"],
    next: PAGE,
  });
});

test("without a choice nothing begins", async () => {
  fakePlatform({ ...is(none), ...begins });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Go on at Google" }));

  expect(screen.getByText("Choose at least one.")).toBeVisible();
  expect(goOn).not.toHaveBeenCalled();
});

test("what is connected is told, with what was not given, and the rest can be added", async () => {
  fakePlatform(is({ ...connected, missing: ["from.tomorrow"] }));
  const { container } = renderApp(PAGE);

  const card = within(await screen.findByRole("region", { name: "Connected" }));
  expect(card.getByText("mar@gmail.example")).toBeVisible();
  expect(card.getByText("See the events of your calendars")).toBeVisible();
  expect(card.getByText(/not given: Do what is new/)).toBeVisible();
  expect(card.queryByRole("button", { name: "Connect again" })).not.toBeInTheDocument();
  const more = within(screen.getByRole("form", { name: "Connect more" }));
  expect(more.getAllByRole("checkbox")).toHaveLength(1);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("a connection that Google does not accept any more is connected again as it was", async () => {
  const { requests } = fakePlatform({
    ...is({ ...connected, needs_reconnecting: true }),
    ...begins,
  });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Connect again" }));

  await waitFor(() => {
    expect(goOn).toHaveBeenCalledWith("/auth/google?ticket=sealed");
  });
  expect(await requests.find(({ method }) => method === "POST")?.json()).toHaveProperty("scopes", [
    "calendar.readonly",
  ]);
});

test.each([
  [{ revoked: true, remove_at: null }, /has taken the access back/],
  [{ revoked: false, remove_at: "https://myaccount.google.com/connections" }, /did not answer/],
])("disconnecting asks first, and says what became of it: %o", async (ended, words) => {
  let connection: object = connected;
  fakePlatform({
    "GET /api/account/google": () => json(connection),
    "DELETE /api/account/google": () => {
      connection = none;
      return json(ended);
    },
  });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Disconnect" }));
  const dialog = within(screen.getByRole("dialog", { name: "Disconnect Google?" }));
  expect(dialog.getByText(/You still sign in as before/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Disconnect" }));

  expect(await screen.findByText(words)).toHaveFocus();
  expect(screen.queryByRole("region", { name: "Connected" })).not.toBeInTheDocument();
  expect(screen.queryAllByRole("link", { name: /Take the access back there/ })).toHaveLength(
    ended.remove_at ? 1 : 0,
  );
});

test("where nothing is offered, the page says so", async () => {
  fakePlatform(is({ ...none, offered: [] }));
  renderApp(PAGE);

  expect(await screen.findByText("Nothing of Google can be connected here.")).toBeVisible();
});

test("a state that does not come is asked for again", async () => {
  let rests = true;
  fakePlatform({
    "GET /api/account/google": () => (rests ? problem(503, "unavailable") : json(connected)),
  });
  const { user } = renderApp(PAGE);
  await screen.findByRole("alert");
  rests = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("mar@gmail.example")).toBeVisible();
});
