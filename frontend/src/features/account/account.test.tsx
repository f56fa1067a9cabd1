import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { drafts } from "@/shared/session/drafts";
import { goHome } from "@/shared/session/go-home";
import { accessibilityProblems } from "@/testing/accessibility";
import {
  fakePlatform,
  gazpacho,
  json,
  member,
  oneDocument,
  problem,
} from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

// jsdom loads no other page.
vi.mock("@/shared/session/go-home", () => ({ goHome: vi.fn() }));

beforeEach(() => {
  vi.mocked(goHome).mockClear();
});

const signsOut = { "POST /auth/logout": () => new Response(null, { status: 204 }) };

test("the account page says who I am and what I may do", async () => {
  fakePlatform({});
  const { container } = renderApp("/app/account");

  expect(await screen.findByText("mar@demo.example")).toBeVisible();
  expect(screen.getByText("Write one’s own documents")).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("a person who waits for approval is told so, and let in once approved", async () => {
  let status = "pending";
  fakePlatform({
    ...oneDocument,
    "GET /api/account": () =>
      json({ ...member, status, permissions: status === "active" ? member.permissions : [] }),
  });
  const { user } = renderApp("/app/documents");
  expect(await screen.findByRole("heading", { name: "You are in the hall" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Gazpacho" })).not.toBeInTheDocument();

  status = "active";
  await user.click(screen.getByRole("button", { name: "Check again" }));
  expect(await screen.findByRole("link", { name: "Gazpacho" })).toBeVisible();
});

test("who waits for approval may still look after their own devices", async () => {
  fakePlatform({
    "GET /api/account": () => json({ ...member, status: "pending", permissions: [] }),
    "GET /api/account/sessions": () => json({ items: [] }),
  });
  renderApp("/app/account/devices");

  expect(await screen.findByRole("heading", { name: "Devices", level: 1 })).toBeVisible();
});

test("the pages of the account lead to one another, and say where one is", async () => {
  fakePlatform({ "GET /api/account/audit": () => json({ items: [], next: null }) });
  const { user } = renderApp("/app/account");
  const ways = within(await screen.findByRole("navigation", { name: "Your account" }));
  expect(ways.getByRole("link", { current: "page" })).toHaveTextContent("Profile");
  await user.click(ways.getByRole("link", { name: "History" }));

  expect(await screen.findByRole("heading", { name: "History", level: 1 })).toBeVisible();
  expect(ways.getByRole("link", { current: "page" })).toHaveTextContent("History");
});

test("who has not signed in is asked to, and comes back to the same page", async () => {
  fakePlatform({ "GET /api/account": () => problem(401, "unauthenticated") });
  renderApp("/app/documents?tag=kitchen");

  expect(await screen.findByRole("link", { name: "Sign in to go on" })).toHaveAttribute(
    "href",
    "/auth/login?next=%2Fapp%2Fdocuments%3Ftag%3Dkitchen",
  );
  expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute(
    "href",
    "/auth/login?next=%2Fapp%2Fdocuments%3Ftag%3Dkitchen",
  );
});

test("signing out drops what was cached, tells other tabs and goes home", async () => {
  fakePlatform(signsOut);
  const otherTab = new BroadcastChannel("zaguan-session");
  const heard = vi.fn();
  otherTab.onmessage = heard;
  const { user, queryClient } = renderApp("/app/account");
  await user.click(await screen.findByRole("button", { name: "Sign out" }));

  await waitFor(() => {
    expect(goHome).toHaveBeenCalled();
  });
  await waitFor(() => {
    expect(heard).toHaveBeenCalled();
  });
  expect(goHome).toHaveBeenCalledTimes(1);
  expect(queryClient.getQueryData(["account"])).toBeUndefined();
  otherTab.close();
});

test("a sign-out in another tab leads home here", async () => {
  fakePlatform({});
  renderApp("/app/account");
  await screen.findByText("mar@demo.example");
  const otherTab = new BroadcastChannel("zaguan-session");
  otherTab.postMessage("signed-out");

  await waitFor(() => {
    expect(goHome).toHaveBeenCalled();
  });
  otherTab.close();
});

test("signing out asks before it removes unsaved text", async () => {
  drafts.keep(member.id, gazpacho.id, { title: "", body: "typed", tags: [], etag: null });
  const { requests } = fakePlatform(signsOut);
  const { user } = renderApp("/app/account");
  await user.click(await screen.findByRole("button", { name: "Sign out" }));
  expect(screen.getByRole("dialog", { name: "There is unsaved text" })).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Remove it and sign out" }));

  await waitFor(() => {
    expect(goHome).toHaveBeenCalled();
  });
  expect(drafts.of(member.id)).toEqual([]);
});
