import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { drafts } from "@/shared/session/drafts";
import { startAnew } from "@/shared/session/start-anew";
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
vi.mock("@/shared/session/start-anew", () => ({ startAnew: vi.fn() }));

const address = `/api/documents/${gazpacho.id}`;
const editor = `/app/documents/${gazpacho.id}?edit`;
const draft = { title: "Gazpacho", body: "Typed last time", tags: [], etag: '"1"' };

/** A service that keeps one document and answers 412 to who names another version. */
function oneShelf() {
  const shelf = { document: gazpacho, version: 1 };
  const etag = () => `"${shelf.version}"`;
  const platform = fakePlatform({
    ...oneDocument,
    [`GET ${address}`]: () => json(shelf.document, { ETag: etag() }),
    [`PUT ${address}`]: async (request) => {
      if (request.headers.get("If-Match") !== etag()) return problem(412, "changed-meanwhile");
      shelf.document = { ...shelf.document, ...((await request.json()) as object) };
      shelf.version += 1;
      return json(shelf.document, { ETag: etag() });
    },
  });
  const someoneElseSaves = () => {
    shelf.document = { ...shelf.document, body: "Theirs" };
    shelf.version += 1;
  };
  return { ...platform, shelf, someoneElseSaves };
}

async function typeText(user: ReturnType<typeof renderApp>["user"], text: string) {
  const field = await screen.findByRole("textbox", { name: "Text" });
  await user.clear(field);
  await user.type(field, text);
}

const save = () => screen.getByRole("button", { name: "Save" });

test("a new document is written, previewed, saved and opened", async () => {
  const { requests } = fakePlatform({
    ...oneDocument,
    "POST /api/documents": () => json(gazpacho, { ETag: '"1"' }, 201),
  });
  const { user, router } = renderApp("/app/documents/new");
  await user.type(await screen.findByRole("textbox", { name: "Title" }), "Gazpacho");
  await typeText(user, "Ripe **tomatoes**");
  await user.type(screen.getByRole("combobox", { name: "Tags" }), "kitchen{Enter}");
  await user.click(screen.getByRole("tab", { name: "Preview" }));
  expect(screen.getByText("tomatoes", { selector: "strong" })).toBeVisible();
  await user.click(save());

  await waitFor(() => {
    expect(router.state.location.pathname).toBe(`/app/documents/${gazpacho.id}`);
  });
  const post = requests.find(({ method }) => method === "POST");
  expect(await post?.json()).toEqual({
    title: "Gazpacho",
    body: "Ripe **tomatoes**",
    tags: ["kitchen"],
  });
  expect(drafts.of(member.id)).toEqual([]);
});

test("what was typed is kept even if the page is taken away at once", async () => {
  fakePlatform(oneDocument);
  const { user, unmount } = renderApp("/app/documents/new");
  await user.type(await screen.findByRole("textbox", { name: "Title" }), "Gazpacho");
  unmount();
  expect(drafts.get(member.id, "new")).toMatchObject({ title: "Gazpacho" });
});

test("a change is saved over the version that was read", async () => {
  const { shelf, requests } = oneShelf();
  const { user } = renderApp(editor);
  await typeText(user, "Better");
  await user.click(save());

  expect(await screen.findByRole("button", { name: "Delete" })).toBeVisible();
  expect(shelf.document.body).toBe("Better");
  expect(requests.find(({ method }) => method === "PUT")?.headers.get("If-Match")).toBe('"1"');
});

test("raw HTML in a document stays text", async () => {
  fakePlatform({
    ...oneDocument,
    [`GET ${address}`]: () =>
      json({ ...gazpacho, body: "<img src=x onerror=alert(1)>" }, { ETag: '"1"' }),
  });
  renderApp(`/app/documents/${gazpacho.id}`);

  expect(await screen.findByText(/<img src=x/)).toBeVisible();
});

test("after a conflict, mine may be kept", async () => {
  const { shelf, someoneElseSaves } = oneShelf();
  const { user } = renderApp(editor);
  await typeText(user, "Mine");
  someoneElseSaves();
  await user.click(save());

  const dialog = await screen.findByRole("dialog", { name: "This document was changed meanwhile" });
  expect(await within(dialog).findByText("Theirs")).toBeVisible();
  expect(shelf.document.body).toBe("Theirs");
  await user.click(within(dialog).getByRole("button", { name: "Keep mine" }));

  await waitFor(() => {
    expect(shelf.document.body).toBe("Mine");
  });
});

test("after a conflict, theirs may be loaded and mine copied", async () => {
  const { shelf, someoneElseSaves } = oneShelf();
  const { user } = renderApp(editor);
  await typeText(user, "Mine");
  someoneElseSaves();
  await user.click(save());
  const dialog = await screen.findByRole("dialog", { name: "This document was changed meanwhile" });
  await user.click(within(dialog).getByRole("button", { name: "Copy mine" }));
  expect(await navigator.clipboard.readText()).toBe("Gazpacho\n\nMine");
  await within(dialog).findByText("Theirs");
  await user.click(within(dialog).getByRole("button", { name: "Load the other" }));

  expect(await screen.findByRole("textbox", { name: "Text" })).toHaveValue("Theirs");
  expect(shelf.document.body).toBe("Theirs");
});

test("who leaves unsaved text is asked, and may stay", async () => {
  oneShelf();
  const { user, router } = renderApp(editor);
  await typeText(user, "Unsaved");
  await user.click(screen.getByRole("link", { name: "Account" }));
  const dialog = await screen.findByRole("dialog", { name: "Leave without saving?" });
  await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
  expect(screen.getByRole("textbox", { name: "Text" })).toHaveValue("Unsaved");

  await user.click(screen.getByRole("link", { name: "Account" }));
  await user.click(await screen.findByRole("button", { name: "Leave and lose it" }));
  await waitFor(() => {
    expect(router.state.location.pathname).toBe("/app/account");
  });
  expect(drafts.of(member.id)).toEqual([]);
});

test("an ended session keeps the text, and the way back leads to it", async () => {
  fakePlatform({ ...oneDocument, [`PUT ${address}`]: () => problem(401, "unauthenticated") });
  const { user, unmount } = renderApp(editor);
  await typeText(user, "Typed with care");
  await user.click(save());
  const dialog = await screen.findByRole("dialog", { name: "Your session has ended" });
  expect(within(dialog).getByRole("link", { name: "Sign in again" })).toHaveAttribute(
    "href",
    `/auth/login?next=${encodeURIComponent(editor)}`,
  );
  window.dispatchEvent(new Event("pagehide"));
  unmount();

  renderApp(editor);
  expect(await screen.findByRole("textbox", { name: "Text" })).toHaveValue("Typed with care");
});

test("another person does not meet my draft", async () => {
  drafts.keep("0192-someone-else", gazpacho.id, draft);
  oneShelf();
  renderApp(editor);

  expect(await screen.findByRole("textbox", { name: "Text" })).toHaveValue(gazpacho.body);
});

test("what I typed does not become another's who signs in meanwhile", async () => {
  let account = member;
  fakePlatform({ ...oneDocument, "GET /api/account": () => json(account) });
  const { user, queryClient } = renderApp(editor);
  await typeText(user, "Typed by me");
  await waitFor(() => {
    expect(drafts.of(member.id)).toHaveLength(1);
  });

  account = { ...member, id: "0192-ada" };
  await queryClient.refetchQueries({ queryKey: ["account"] });
  await waitFor(() => {
    expect(startAnew).toHaveBeenCalled();
  });
  expect(screen.queryByRole("textbox", { name: "Text" })).not.toBeInTheDocument();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(drafts.of("0192-ada")).toEqual([]);
  expect(drafts.of(member.id)).toHaveLength(1);
});

test("a draft of an older version meets the conflict instead of overwriting", async () => {
  drafts.keep(member.id, gazpacho.id, draft);
  const { someoneElseSaves, shelf } = oneShelf();
  someoneElseSaves();
  const { user } = renderApp(editor);
  expect(await screen.findByRole("textbox", { name: "Text" })).toHaveValue("Typed last time");
  await user.click(save());

  expect(
    await screen.findByRole("dialog", { name: "This document was changed meanwhile" }),
  ).toBeVisible();
  expect(shelf.document.body).toBe("Theirs");
});

test("a refused field is marked", async () => {
  fakePlatform({
    ...oneDocument,
    [`PUT ${address}`]: () =>
      problem(422, "invalid-fields", { errors: [{ pointer: "/tags/0", detail: "too long" }] }),
  });
  const { user } = renderApp(editor);
  await typeText(user, "x");
  await user.click(save());

  expect(await screen.findByText("Not accepted: too long")).toBeVisible();
});

test("a deletion can be taken back until it is sent", async () => {
  const remove = vi.fn(() => new Response(null, { status: 204 }));
  fakePlatform({ ...oneDocument, [`DELETE ${address}`]: remove });
  const { user } = renderApp(`/app/documents/${gazpacho.id}`);
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  expect(await screen.findByText("“Gazpacho” is deleted.")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Gazpacho" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo" }));

  expect(await screen.findByRole("link", { name: "Gazpacho" })).toBeVisible();
  expect(remove).not.toHaveBeenCalled();
});

test("axe finds nothing wrong in the editor", async () => {
  oneShelf();
  const { container } = renderApp(editor);
  await screen.findByRole("textbox", { name: "Text" });

  expect(await accessibilityProblems(container)).toEqual([]);
});
