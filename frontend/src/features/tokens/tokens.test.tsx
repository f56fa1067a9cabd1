import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, member, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const TEXT = "zgn_" + "x".repeat(44);

const laptop = {
  id: "t-laptop",
  name: "laptop",
  permissions: ["documents:read"],
  created_at: "2026-11-20T10:00:00Z",
  last_used_at: "2026-11-25T10:00:00Z",
  expires_at: null,
};
const old = {
  ...laptop,
  id: "t-old",
  name: "old script",
  last_used_at: null,
  expires_at: "2026-01-01T00:00:00Z",
};

const listed = (items: object[]) => ({ "GET /api/account/tokens": () => json({ items }) });
const makes = { "POST /api/account/tokens": () => json({ ...laptop, token: TEXT }, {}, 201) };
const asksAgain = {
  "POST /api/account/tokens": () =>
    problem(403, "sign-in-again", { sign_in: "/auth/login?again=yes" }),
};
const rowOf = (name: RegExp) =>
  screen.getByRole("heading", { name, level: 2 }).closest("li") as HTMLElement;

afterEach(() => {
  sessionStorage.clear();
});

type User = ReturnType<typeof renderApp>["user"];

async function fillIn(user: User) {
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "laptop");
  await user.click(screen.getByRole("checkbox", { name: "Read one’s own documents" }));
}

const press = (user: User) => user.click(screen.getByRole("button", { name: "Make the token" }));

test("each token is told with what it may do, its use and its end", async () => {
  fakePlatform(listed([laptop, old]));
  const { container } = renderApp("/app/account/tokens");

  expect(await screen.findByRole("heading", { name: "laptop" })).toBeVisible();
  expect(rowOf(/laptop/)).toHaveTextContent("Read one’s own documents");
  expect(rowOf(/laptop/)).toHaveTextContent(/Last used Nov 25, 2026/);
  expect(rowOf(/laptop/)).toHaveTextContent("Does not expire");
  expect(rowOf(/old script/)).toHaveTextContent("Expired");
  expect(rowOf(/old script/)).toHaveTextContent("Never used");
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("without tokens the page says so and offers to make one", async () => {
  fakePlatform(listed([]));
  renderApp("/app/account/tokens");

  expect(await screen.findByText("You have no access tokens.")).toBeVisible();
  expect(screen.getByRole("link", { name: "New access token" })).toHaveAttribute(
    "href",
    "/app/account/tokens/new",
  );
});

test("a token is revoked after a second question", async () => {
  const living = [old, laptop];
  const { requests } = fakePlatform({
    ...listed(living),
    "DELETE /api/account/tokens/t-laptop": () => {
      living.pop();
      return new Response(null, { status: 204 });
    },
  });
  const { user } = renderApp("/app/account/tokens");
  await user.click(await screen.findByRole("button", { name: "Revoke laptop" }));
  const dialog = within(screen.getByRole("dialog", { name: "Revoke “laptop”?" }));
  expect(dialog.getByText(/refused within two seconds/)).toBeVisible();
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);

  await user.click(dialog.getByRole("button", { name: "Revoke it" }));
  expect(await screen.findByText(/“laptop” is revoked/)).toHaveFocus();
  expect(screen.queryByRole("heading", { name: "laptop" })).not.toBeInTheDocument();
});

test("a token is made with what was chosen, and its text is shown this once", async () => {
  const { requests } = fakePlatform({ ...listed([laptop]), ...makes });
  const { user, container, queryClient } = renderApp("/app/account/tokens/new");
  await fillIn(user);
  expect(await accessibilityProblems(container)).toEqual([]);
  await press(user);

  expect(await screen.findByRole("textbox", { name: "Access token" })).toHaveValue(TEXT);
  expect(screen.getByText(/shown this once/)).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
  const sent = (await requests.find(({ method }) => method === "POST")?.json()) as {
    expires_at: string;
  };
  expect(sent).toMatchObject({ name: "laptop", permissions: ["documents:read"] });
  const days = (Date.parse(sent.expires_at) - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(30, 1);

  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByText("Copied.")).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(TEXT);

  await user.click(screen.getByRole("link", { name: "I have it" }));
  expect(await screen.findByRole("heading", { name: "laptop" })).toBeVisible();
  expect(document.body.innerHTML).not.toContain(TEXT);
  await waitFor(() => {
    expect(queryClient.getMutationCache().getAll()).toEqual([]);
  });
  expect(JSON.stringify([localStorage, sessionStorage].map(Object.entries))).not.toContain(TEXT);
});

test("who signed in too long ago is sent to sign in again and finds the form as it was", async () => {
  fakePlatform(asksAgain);
  const first = renderApp("/app/account/tokens/new");
  await fillIn(first.user);
  await first.user.selectOptions(screen.getByRole("combobox", { name: "Expires" }), "In 90 days");
  await press(first.user);

  expect(await screen.findByRole("alert")).toHaveTextContent(/within the last ten minutes/);
  const way = screen.getByRole("link", { name: "Sign in again" });
  expect(way).toHaveAttribute("href", "/auth/login?again=yes&next=%2Fapp%2Faccount%2Ftokens%2Fnew");
  expect(sessionStorage).toHaveLength(0);
  way.addEventListener("click", (event) => {
    event.preventDefault();
  });
  await first.user.click(way);
  cleanup();

  fakePlatform(makes);
  const back = renderApp("/app/account/tokens/new");
  expect(await screen.findByText(/What you had filled in is here/)).toHaveFocus();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("laptop");
  expect(screen.getByRole("checkbox", { name: "Read one’s own documents" })).toBeChecked();
  expect(screen.getByRole("checkbox", { name: "Write one’s own documents" })).not.toBeChecked();
  expect(screen.getByRole("combobox", { name: "Expires" })).toHaveValue("90");
  expect(sessionStorage).toHaveLength(0);
  await press(back.user);
  expect(await screen.findByRole("textbox", { name: "Access token" })).toHaveValue(TEXT);
});

test("what one person had filled in is not shown to the next who signs in", async () => {
  const draft = { name: "laptop", permissions: [], life: "30", date: "" };
  sessionStorage.setItem(`zaguan-kept:${member.id}:new-token`, JSON.stringify(draft));
  fakePlatform({ "GET /api/account": () => json({ ...member, id: "0192-eva" }) });
  renderApp("/app/account/tokens/new");

  expect(await screen.findByRole("textbox", { name: "Name" })).toHaveValue("");
});

test("a token that may do nothing is not asked for", async () => {
  const { requests } = fakePlatform({});
  const { user } = renderApp("/app/account/tokens/new");
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "laptop");
  await press(user);

  expect(screen.getByText("Choose at least one.")).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);
});

test("a day of one's own choice is meant to its end, and never means never", async () => {
  const { requests } = fakePlatform(makes);
  const { user } = renderApp("/app/account/tokens/new");
  await fillIn(user);
  await user.selectOptions(screen.getByRole("combobox", { name: "Expires" }), "date");
  await user.type(screen.getByLabelText(/Its last day/), "2031-05-04");
  await press(user);

  await screen.findByRole("textbox", { name: "Access token" });
  const sent = (await requests.find(({ method }) => method === "POST")?.json()) as object;
  expect(sent).toHaveProperty("expires_at", new Date("2031-05-04T23:59:59").toISOString());
});

test("what the server does not accept is told beside its field", async () => {
  const errors = [{ pointer: "/name", detail: "There are 50 tokens already; revoke one first" }];
  fakePlatform({
    "POST /api/account/tokens": () => problem(422, "invalid-fields", { errors }),
  });
  const { user } = renderApp("/app/account/tokens/new");
  await fillIn(user);
  await press(user);

  expect(await screen.findByText(/There are 50 tokens already/)).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("laptop");
});

test("who has no permissions is told that a token could do nothing", async () => {
  fakePlatform({ "GET /api/account": () => json({ ...member, permissions: [] }) });
  renderApp("/app/account/tokens/new");

  expect(await screen.findByText(/a token could do nothing/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Make the token" })).not.toBeInTheDocument();
});
