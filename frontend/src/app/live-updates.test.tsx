import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakeEventSource } from "@/testing/fake-event-source";
import {
  fakePlatform,
  gazpacho,
  json,
  member,
  oneDocument,
  problem,
} from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const summary = ({ body, ...rest }: typeof gazpacho) => ({ ...rest, excerpt: body });
const salmorejo = { ...gazpacho, id: "0192-salmorejo", title: "Salmorejo" };
const lists = (requests: Request[]) =>
  requests.filter(({ url }) => new URL(url).pathname === "/api/documents").length;
const pause = (milliseconds: number) =>
  act(() => new Promise((go) => setTimeout(go, milliseconds)));

test("what is saved elsewhere appears in the list, and a thousand news are one question", async () => {
  const { latest } = fakeEventSource();
  const shown = [gazpacho];
  const { requests } = fakePlatform({
    "GET /api/documents": () => json({ items: shown.map(summary), next: null }),
  });
  renderApp("/app/documents");
  expect(await screen.findByRole("link", { name: /Gazpacho/ })).toBeVisible();
  const before = lists(requests);

  shown.unshift(salmorejo);
  latest().open();
  for (let version = 1; version <= 1000; version += 1)
    latest().tell("documents", { id: salmorejo.id, kind: "saved", version }, String(version));
  expect(await screen.findByRole("link", { name: /Salmorejo/ })).toBeVisible();
  await pause(400);
  expect(lists(requests)).toBe(before + 1);
});

test("an open document follows, and one that is deleted elsewhere is gone", async () => {
  const { latest } = fakeEventSource();
  let answer = () => json(gazpacho, { ETag: '"1"' });
  fakePlatform({ ...oneDocument, [`GET /api/documents/${gazpacho.id}`]: () => answer() });
  renderApp(`/app/documents/${gazpacho.id}`);
  expect(await screen.findByText("tomatoes")).toBeVisible();

  answer = () => json({ ...gazpacho, body: "Only cucumbers" }, { ETag: '"2"' });
  latest().tell("documents", { id: gazpacho.id, kind: "saved", version: 2 }, "1");
  expect(await screen.findByText("Only cucumbers")).toBeVisible();

  answer = () => problem(404, "not-found");
  latest().tell("documents", { id: gazpacho.id, kind: "deleted" }, "2");
  expect(await screen.findByRole("heading", { name: "This document did not open" })).toBeVisible();
  expect(screen.queryByText("Only cucumbers")).not.toBeInTheDocument();
});

test("a version that this tab knows is not fetched again", async () => {
  const { latest } = fakeEventSource();
  const { requests } = fakePlatform(oneDocument);
  renderApp(`/app/documents/${gazpacho.id}`);
  await screen.findByText("tomatoes");
  const before = requests.length;
  latest().tell("documents", { id: gazpacho.id, kind: "saved", version: 1 }, "1");
  await pause(500);
  expect(requests).toHaveLength(before);
});

test("an editor in which nothing was typed goes on from the newer version", async () => {
  const { latest } = fakeEventSource();
  let answer = () => json(gazpacho, { ETag: '"1"' });
  fakePlatform({ ...oneDocument, [`GET /api/documents/${gazpacho.id}`]: () => answer() });
  const { user } = renderApp(`/app/documents/${gazpacho.id}?edit`);
  const title = await screen.findByRole("textbox", { name: /Title/ });
  answer = () => json({ ...gazpacho, title: "Cold soup" }, { ETag: '"2"' });
  latest().tell("documents", { id: gazpacho.id, kind: "saved", version: 2 }, "1");
  await waitFor(() => {
    expect(title).toHaveValue("Cold soup");
  });

  await user.type(title, "!");
  answer = () => json({ ...gazpacho, title: "Something else" }, { ETag: '"3"' });
  latest().tell("documents", { id: gazpacho.id, kind: "saved", version: 3 }, "2");
  await pause(600);
  expect(title).toHaveValue("Cold soup!");
});

test.each([
  ["signed-out", /You signed out in this browser/],
  ["elsewhere", /from another device/],
  ["everywhere", /You signed out everywhere/],
  ["suspended", /suspended your account/],
  ["expired", /Your session was over/],
])(
  "sent out for the reason %s: nothing stays on screen, and it is said why",
  async (reason, words) => {
    const { latest, made } = fakeEventSource();
    fakePlatform(oneDocument);
    const { queryClient } = renderApp("/app/documents");
    await screen.findByRole("link", { name: /Gazpacho/ });
    act(() => {
      latest().tell("end", { reason });
    });

    expect(await screen.findByRole("heading", { name: "You are signed out" })).toBeVisible();
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      "/auth/login?next=%2Fapp%2Fdocuments",
    );
    expect(screen.queryByText(/Gazpacho/)).not.toBeInTheDocument();
    expect(queryClient.getQueryCache().getAll()).toEqual([]);
    expect(made).toHaveLength(1);
  },
);

test("who has signed in again in another tab finds this one open", async () => {
  const { latest } = fakeEventSource();
  fakePlatform(oneDocument);
  renderApp("/app/documents");
  await screen.findByRole("link", { name: /Gazpacho/ });
  act(() => {
    latest().tell("end", { reason: "elsewhere" });
  });
  await screen.findByRole("heading", { name: "You are signed out" });
  act(() => {
    window.dispatchEvent(new Event("focus"));
  });
  expect(await screen.findByRole("link", { name: /Gazpacho/ })).toBeVisible();
});

test("who is let in while they wait sees it at once", async () => {
  const { latest } = fakeEventSource();
  let account: typeof member = { ...member, status: "pending", permissions: [] };
  fakePlatform({ ...oneDocument, "GET /api/account": () => json(account) });
  renderApp("/app/documents");
  await screen.findByRole("button", { name: "Check again" });
  account = member;
  latest().tell("end", { reason: "changed" });
  expect(await screen.findByRole("link", { name: /Gazpacho/ })).toBeVisible();
});

test("a stream that is refused leads to the question who this is, and then there is quiet", async () => {
  const { latest, made } = fakeEventSource();
  let known = true;
  fakePlatform({
    ...oneDocument,
    "GET /api/account": () => (known ? json(member) : problem(401, "unauthenticated")),
  });
  renderApp("/app/documents");
  await screen.findByRole("link", { name: /Gazpacho/ });
  known = false;
  latest().fail({ refused: true });
  expect(await screen.findByRole("dialog", { name: "Your session has ended" })).toBeVisible();
  await pause(4_000);
  const opened = made.length;
  await pause(3_000);
  expect(made).toHaveLength(opened);
  expect(latest().isOpen).toBe(false);
}, 30_000);
