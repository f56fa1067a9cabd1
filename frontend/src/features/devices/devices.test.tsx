import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { drafts } from "@/shared/session/drafts";
import { goHome } from "@/shared/session/go-home";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, member, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

// jsdom loads no other page.
vi.mock("@/shared/session/go-home", () => ({ goHome: vi.fn() }));

beforeEach(() => {
  vi.mocked(goHome).mockClear();
});

const here = {
  id: "s-here",
  current: true,
  user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  address: "192.0.2.7",
  created_at: "2026-11-20T10:00:00Z",
  last_used_at: "2026-11-25T10:00:00Z",
};
const phone = {
  ...here,
  id: "s-phone",
  current: false,
  user_agent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
  address: null,
};

const devices = (items: object[]) => ({ "GET /api/account/sessions": () => json({ items }) });
const done = () => new Response(null, { status: 204 });
const rowOf = (name: RegExp) =>
  screen.getByRole("heading", { name, level: 2 }).closest("li") as HTMLElement;

test("each device is told in words, and which one this is", async () => {
  fakePlatform(devices([here, phone]));
  const { container } = renderApp("/app/account/devices");

  expect(await screen.findByRole("heading", { name: /Firefox on Linux/ })).toBeVisible();
  expect(rowOf(/Firefox on Linux/)).toHaveTextContent("This one");
  expect(rowOf(/Firefox on Linux/)).toHaveTextContent("From 192.0.2.7");
  expect(within(rowOf(/Firefox on Linux/)).queryByRole("button")).not.toBeInTheDocument();
  expect(rowOf(/Safari on iPhone/)).toHaveTextContent(/Signed in Nov 20, 2026/);
  expect(rowOf(/Safari on iPhone/)).toHaveTextContent(/Last used Nov 25, 2026/);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("one device is signed out, and the focus is where that is said", async () => {
  const living = [here, phone];
  const { requests } = fakePlatform({
    ...devices(living),
    "DELETE /api/account/sessions/s-phone": () => {
      living.pop();
      return done();
    },
  });
  const { user } = renderApp("/app/account/devices");
  await user.click(await screen.findByRole("button", { name: "Sign out Safari on iPhone" }));

  expect(await screen.findByText(/Safari on iPhone is signed out/)).toHaveFocus();
  expect(screen.queryByRole("heading", { name: "Safari on iPhone" })).not.toBeInTheDocument();
  expect(requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
});

test("a device that was signed out meanwhile is gone, too", async () => {
  const living = [here, phone];
  fakePlatform({
    ...devices(living),
    "DELETE /api/account/sessions/s-phone": () => {
      living.pop();
      return problem(404, "not-found");
    },
  });
  const { user } = renderApp("/app/account/devices");
  await user.click(await screen.findByRole("button", { name: "Sign out Safari on iPhone" }));

  expect(await screen.findByText(/Safari on iPhone is signed out/)).toBeVisible();
});

test("what could not be signed out is told and stays", async () => {
  fakePlatform({
    ...devices([here, phone]),
    "DELETE /api/account/sessions/s-phone": () => problem(503, "unavailable"),
  });
  const { user } = renderApp("/app/account/devices");
  await user.click(await screen.findByRole("button", { name: "Sign out Safari on iPhone" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("This service is resting");
  expect(screen.getByRole("heading", { name: "Safari on iPhone" })).toBeVisible();
});

test("signing out everywhere says what will happen, then forgets everything here", async () => {
  drafts.keep(member.id, "new", { title: "", body: "typed", tags: [], etag: null });
  const { requests } = fakePlatform({ ...devices([here]), "DELETE /api/account/sessions": done });
  const { user, queryClient } = renderApp("/app/account/devices");
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere" }));

  const dialog = within(screen.getByRole("dialog", { name: "Sign out everywhere?" }));
  expect(dialog.getByText(/this one too/)).toBeVisible();
  expect(dialog.getByText(/Access tokens go on working/)).toBeVisible();
  expect(dialog.getByText(/did not save is removed/)).toBeVisible();
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);

  await user.click(dialog.getByRole("button", { name: "Sign out everywhere" }));
  await waitFor(() => {
    expect(goHome).toHaveBeenCalled();
  });
  expect(drafts.of(member.id)).toEqual([]);
  expect(queryClient.getQueryData(["account", "sessions"])).toBeUndefined();
});

test("who thinks again stays signed in", async () => {
  const { requests } = fakePlatform(devices([here]));
  const { user } = renderApp("/app/account/devices");
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.queryByText(/did not save is removed/)).not.toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Cancel" }));

  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);
});

test("a list that does not come is asked for again", async () => {
  let rests = true;
  fakePlatform({
    "GET /api/account/sessions": () =>
      rests ? problem(503, "unavailable") : json({ items: [here] }),
  });
  const { user } = renderApp("/app/account/devices");
  await screen.findByRole("alert");
  rests = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("heading", { name: /Firefox on Linux/ })).toBeVisible();
});
