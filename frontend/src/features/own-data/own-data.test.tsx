import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drafts } from "@/shared/session/drafts";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, member, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";
import { saveFile } from "./save-file";

// jsdom keeps no files.
vi.mock("./save-file", () => ({ saveFile: vi.fn() }));

beforeEach(() => {
  vi.mocked(saveFile).mockClear();
});
afterEach(() => {
  sessionStorage.clear();
});

const PAGE = "/app/account/data";
const deletion = {
  begun_at: "2026-11-25T10:00:00Z",
  done_after: "2026-11-25T10:01:35Z",
  parts: [
    { name: "documents", state: "erased" },
    { name: "memories", state: "delayed" },
    { name: "account", state: "waiting" },
  ],
};
const leaving = { ...member, status: "deleting", permissions: [], deletion };

type View = ReturnType<typeof renderApp>;

async function openDialog({ user }: View) {
  await user.click(await screen.findByRole("button", { name: "Delete my account…" }));
  return within(screen.getByRole("dialog", { name: "Delete the account for good?" }));
}

test("the archive goes to the downloads, under the name that the server gives it", async () => {
  fakePlatform({
    "GET /api/account/export": () =>
      new Response("a ZIP", {
        headers: {
          "Content-Type": "application/zip",
          "Content-Disposition": 'attachment; filename="zaguan-2026-11-25.zip"',
        },
      }),
  });
  const { user, container } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Download my data" }));

  expect(await screen.findByText("The archive is with your downloads.")).toBeVisible();
  const [content, name] = vi.mocked(saveFile).mock.calls[0] ?? [];
  expect(name).toBe("zaguan-2026-11-25.zip");
  expect(content?.size).toBe(5);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test.each([
  [409, "conflict", "An archive of yours is being made already"],
  [503, "unavailable", "This service is resting"],
])("an archive that is refused with %i is told", async (status, slug, title) => {
  fakePlatform({ "GET /api/account/export": () => problem(status, slug) });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Download my data" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(title);
  expect(saveFile).not.toHaveBeenCalled();
});

test("the account is deleted only once its address is typed, and the app shows how far it is", async () => {
  drafts.keep(member.id, "new", { title: "", body: "typed", tags: [], etag: null });
  let account: object = member;
  const { requests } = fakePlatform({
    "GET /api/account": () => json(account),
    "DELETE /api/account": () => {
      account = leaving;
      return json(deletion, {}, 202);
    },
  });
  const view = renderApp(PAGE);
  const dialog = await openDialog(view);
  expect(dialog.getByText(/cannot be stopped/)).toBeVisible();
  const confirm = dialog.getByRole("button", { name: "Delete it for good" });
  expect(confirm).toBeDisabled();
  await view.user.type(dialog.getByRole("textbox"), "mar@demo.exampl");
  expect(confirm).toBeDisabled();
  await view.user.type(dialog.getByRole("textbox"), "e");
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);
  await view.user.click(confirm);

  expect(
    await screen.findByRole("heading", { name: "Your account is being deleted" }),
  ).toBeVisible();
  expect(screen.getByText(/1 of 3 parts are erased/)).toBeVisible();
  expect(screen.getByText("Takes longer than usual, and is tried again")).toBeVisible();
  expect(drafts.of(member.id)).toEqual([]);
  expect(await accessibilityProblems(view.container)).toEqual([]);
});

test("while it is being deleted no other page opens, and the end of the session is the end", async () => {
  signedInHint.keep();
  let gone = false;
  fakePlatform({
    "GET /api/account": () => (gone ? problem(401, "unauthenticated") : json(leaving)),
  });
  renderApp("/app/documents");
  await screen.findByRole("heading", { name: "Your account is being deleted" });
  gone = true;

  expect(await screen.findByRole("heading", { name: "Your account is deleted" })).toBeVisible();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  await waitFor(() => {
    expect(signedInHint.get()).toBe(false);
  });
});

test("who signed in too long ago comes back to the question as it was", async () => {
  fakePlatform({ "DELETE /api/account": () => problem(403, "sign-in-again") });
  const first = renderApp(PAGE);
  const dialog = await openDialog(first);
  await first.user.type(dialog.getByRole("textbox"), "mar@demo.example");
  await first.user.click(dialog.getByRole("button", { name: "Delete it for good" }));
  const way = await dialog.findByRole("link", { name: "Sign in again" });
  way.addEventListener("click", (event) => {
    event.preventDefault();
  });
  await first.user.click(way);
  cleanup();

  fakePlatform({});
  renderApp(PAGE);
  const again = within(await screen.findByRole("dialog"));
  expect(again.getByRole("textbox")).toHaveValue("mar@demo.example");
  expect(again.getByRole("button", { name: "Delete it for good" })).toBeEnabled();
  expect(sessionStorage).toHaveLength(0);
});

test("the last administrator is told what has to come first", async () => {
  fakePlatform({ "DELETE /api/account": () => problem(409, "conflict") });
  const view = renderApp(PAGE);
  const dialog = await openDialog(view);
  await view.user.type(dialog.getByRole("textbox"), "MAR@demo.example");
  await view.user.click(dialog.getByRole("button", { name: "Delete it for good" }));

  expect(await dialog.findByRole("alert")).toHaveTextContent("You are the last administrator");
});
