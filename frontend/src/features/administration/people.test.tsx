import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { admin, administration, pau } from "@/testing/fake-administration";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const place = `/app/admin/people/${pau.id}`;
const address = `/api/admin/users/${pau.id}`;

afterEach(() => {
  vi.useRealTimers();
});

/** A backend that changes Pau as it is asked to. */
function backendWithPau(start = pau) {
  let person = start;
  const sent: unknown[] = [];
  const platform = fakePlatform({
    ...administration,
    [`GET ${address}`]: () => json(person),
    [`PATCH ${address}`]: async (request) => {
      const change = (await request.json()) as Partial<typeof pau>;
      sent.push(change);
      person = {
        ...person,
        status: change.status ?? person.status,
        roles: change.roles ?? person.roles,
      };
      return json(person);
    },
  });
  return { ...platform, sent };
}

test("people are found by name, status and role, and the address keeps it", async () => {
  const { requests } = fakePlatform(administration);
  const { user, router } = renderApp("/app/admin/people");
  expect(await screen.findByRole("link", { name: "Pau" })).toBeVisible();

  await user.type(screen.getByRole("searchbox", { name: "Search by name or e-mail" }), "pa");
  await user.selectOptions(screen.getByRole("combobox", { name: "Status" }), "Waiting");
  await user.selectOptions(screen.getByRole("combobox", { name: "Role" }), "reader");

  await waitFor(() => {
    const last = new URL(requests.findLast(({ url }) => url.includes("/users?"))?.url ?? "");
    expect(Object.fromEntries(last.searchParams)).toEqual({
      q: "pa",
      status: "pending",
      role: "reader",
    });
  });
  expect(router.state.location.search).toBe("?q=pa&status=pending&role=reader");
});

test("nobody found: everybody is one press away, and the box is empty again", async () => {
  fakePlatform({
    ...administration,
    "GET /api/admin/users": (_request, url) =>
      json({ items: url.searchParams.has("q") ? [] : [pau], next: null }),
  });
  const { user } = renderApp("/app/admin/people?q=zzz");
  await user.click(await screen.findByRole("button", { name: "Show everybody" }));

  expect(await screen.findByRole("link", { name: "Pau" })).toBeVisible();
  expect(screen.getByRole("searchbox")).toHaveValue("");
});

test("more people come page by page", async () => {
  fakePlatform({
    ...administration,
    "GET /api/admin/users": (_request, url) =>
      url.searchParams.get("cursor") === "more"
        ? json({ items: [{ ...pau, id: "2", name: "Eva" }], next: null })
        : json({ items: [pau], next: "more" }),
  });
  const { user } = renderApp("/app/admin/people");
  await user.click(await screen.findByRole("button", { name: "Load more" }));

  expect(await screen.findByRole("link", { name: "Eva" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Pau" })).toBeVisible();
});

test("whoever waits is let in once it was said what that means", async () => {
  const { sent } = backendWithPau();
  const { user } = renderApp(place);
  await user.click(await screen.findByRole("button", { name: "Let in" }));
  const dialog = screen.getByRole("dialog", { name: "Let Pau in?" });
  expect(dialog).toHaveTextContent("They get the role “member”");
  expect(dialog).toHaveTextContent("has not confirmed the e-mail address");
  expect(sent).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Let in" }));

  expect(await screen.findByText("The account is active.")).toHaveFocus();
  expect(sent).toEqual([{ status: "active", roles: null }]);
});

test("suspending says that sessions end and access tokens are gone", async () => {
  const { sent } = backendWithPau({ ...pau, status: "active", roles: ["member"] });
  const { user } = renderApp(place);
  await user.click(await screen.findByRole("button", { name: "Suspend" }));
  const dialog = screen.getByRole("dialog", { name: "Suspend Pau?" });
  expect(dialog).toHaveTextContent("signed out everywhere within two seconds");
  expect(dialog).toHaveTextContent("access tokens are gone for good");
  await user.click(within(dialog).getByRole("button", { name: "Suspend" }));

  expect(await screen.findByRole("button", { name: "Reactivate" })).toBeVisible();
  expect(sent).toEqual([{ status: "suspended", roles: null }]);
});

test("how far a deletion is can be seen until the person is gone", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let gone = false;
  fakePlatform({
    ...administration,
    [`GET ${address}`]: () =>
      gone
        ? problem(404, "not-found")
        : json({
            ...pau,
            status: "deleting",
            deletion: {
              begun_at: "2026-11-25T10:00:00Z",
              done_after: "2026-11-25T10:01:35Z",
              parts: [
                { name: "documents", state: "erased" },
                { name: "memories", state: "delayed" },
                { name: "account", state: "waiting" },
              ],
            },
          }),
  });
  const { container } = renderApp(place);
  expect(await screen.findByText(/1 of 3 parts are erased/)).toBeVisible();
  expect(screen.getByText("Takes longer than usual, and is tried again")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Suspend" })).not.toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);

  gone = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(await screen.findByRole("heading", { name: "This person did not open" })).toBeVisible();
});

test("roles are given once it was said what they allow", async () => {
  const { sent } = backendWithPau({ ...pau, status: "active", roles: ["member"] });
  const { user } = renderApp(place);
  await user.click(await screen.findByRole("checkbox", { name: "admin" }));
  await user.click(screen.getByRole("checkbox", { name: "member" }));
  await user.click(screen.getByRole("button", { name: "Change roles…" }));
  const dialog = screen.getByRole("dialog", { name: "Change the roles of Pau?" });
  expect(dialog).toHaveTextContent("Given: admin. They may then do this, too: See the models");
  expect(dialog).toHaveTextContent("Taken: member.");
  await user.click(within(dialog).getByRole("button", { name: "Change roles" }));

  expect(await screen.findByText("Their roles are changed.")).toBeVisible();
  expect(sent).toEqual([{ status: null, roles: ["admin"] }]);
});

test("who must sign in again comes back to the same question", async () => {
  fakePlatform({
    ...administration,
    [`PATCH ${address}`]: () => problem(403, "sign-in-again"),
  });
  const { user, unmount } = renderApp(place);
  await user.click(await screen.findByRole("checkbox", { name: "admin" }));
  await user.click(screen.getByRole("button", { name: "Change roles…" }));
  await user.click(screen.getByRole("button", { name: "Change roles" }));
  const link = await screen.findByRole("link", { name: "Sign in again" });
  expect(link).toHaveAttribute("href", `/auth/login?again=yes&next=${encodeURIComponent(place)}`);
  link.addEventListener("click", (event) => {
    event.preventDefault(); // jsdom loads no other page
  });
  await user.click(link);
  unmount();

  renderApp(place);
  const dialog = await screen.findByRole("dialog", { name: "Change the roles of Pau?" });
  expect(dialog).toHaveTextContent("Given: admin.");
  expect(Object.keys(sessionStorage)).toEqual([]);
});

test.each([
  [409, "conflict", "One administrator always remains"],
  [403, "forbidden", "This goes beyond what you may do yourself"],
  [404, "not-found", "This person is gone"],
])("a refusal (%i %s) is told in plain words", async (status, slug, words) => {
  fakePlatform({ ...administration, [`PATCH ${address}`]: () => problem(status, slug) });
  const { user } = renderApp(place);
  await user.click(await screen.findByRole("button", { name: "Suspend" }));
  const dialog = screen.getByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Suspend" }));

  expect(await within(dialog).findByRole("alert")).toHaveTextContent(words);
});

test("whoever may do more than I is not mine to change", async () => {
  fakePlatform({
    ...administration,
    "GET /api/account": () => json({ ...admin, permissions: ["documents:read", "users:manage"] }),
    [`GET ${address}`]: () => json({ ...pau, status: "active", roles: ["member"] }),
  });
  renderApp(place);

  expect(await screen.findAllByText(/This person may do what you may not/)).toHaveLength(2);
  expect(screen.queryByRole("button", { name: "Suspend" })).not.toBeInTheDocument();
  expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  // Without audit:read nothing of the audit is asked for.
  expect(screen.queryByRole("heading", { name: "What happened" })).not.toBeInTheDocument();
});

test("nobody is offered to suspend themselves", async () => {
  fakePlatform(administration);
  renderApp(`/app/admin/people/${admin.id}`);

  expect(await screen.findByText(/This is you/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Suspend" })).not.toBeInTheDocument();
});

test("a person shows what happened to them", async () => {
  fakePlatform(administration);
  renderApp(place);

  expect(await screen.findByText("Role “reader” given")).toBeVisible();
});

test("an administrator sees the way in, a member does not and is told why", async () => {
  fakePlatform(administration);
  const { unmount } = renderApp("/app/admin");
  expect(await screen.findByRole("navigation", { name: "Administration" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Administration" })).toBeVisible();
  unmount();

  const { requests } = fakePlatform({});
  renderApp("/app/admin/people");
  expect(
    await screen.findByRole("heading", { name: "This room is not open to you" }),
  ).toBeVisible();
  expect(screen.getByText(/the permission “Manage people”. Your roles: member/)).toBeVisible();
  expect(screen.queryByRole("link", { name: "Administration" })).not.toBeInTheDocument();
  expect(requests.some(({ url }) => url.includes("/admin/"))).toBe(false);
});

test("who may only read the audit sees only that", async () => {
  fakePlatform({
    ...administration,
    "GET /api/account": () => json({ ...admin, permissions: ["audit:read"] }),
  });
  const { user } = renderApp("/app/admin/people");
  expect(
    await screen.findByRole("heading", { name: "This room is not open to you" }),
  ).toBeVisible();
  const menu = screen.getByRole("navigation", { name: "Administration" });
  expect(
    within(menu)
      .getAllByRole("link")
      .map(({ textContent }) => textContent),
  ).toEqual(["Overview", "Audit"]);
  await user.click(within(menu).getByRole("link", { name: "Audit" }));
  expect(await screen.findByText("Role “reader” given")).toBeVisible();
});

test.each(["/app/admin/people", place])("axe finds nothing wrong at %s", async (path) => {
  fakePlatform(administration);
  const { container } = renderApp(path);
  await screen.findAllByText(/Pau/);

  expect(await accessibilityProblems(container)).toEqual([]);
});
