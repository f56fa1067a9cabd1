import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { admin, administration, roles } from "@/testing/fake-administration";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const bodyOf = async (requests: Request[], method: string): Promise<unknown> =>
  requests.find((request) => request.method === method)?.json();

test("the matrix says what each role allows, and offers to change one's own only", async () => {
  fakePlatform(administration);
  const { container } = renderApp("/app/admin/roles");
  const table = await screen.findByRole("table", { name: "What each role allows" });
  const row = within(table).getByRole("row", { name: /Write one’s own documents/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["✓allowed", "✓allowed", "–no"]);
  expect(screen.getAllByRole("button", { name: /^Change the role/ })).toHaveLength(1);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("a role is made", async () => {
  const { requests } = fakePlatform({
    ...administration,
    "POST /api/admin/roles": () => json(roles, {}, 201),
  });
  const { user } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Make a role" }));
  const dialog = screen.getByRole("dialog", { name: "Make a role" });
  const name = within(dialog).getByRole("textbox", { name: "Name" });
  await user.type(name, "Editor!");
  await user.click(within(dialog).getByRole("button", { name: "Make the role" }));
  expect(within(dialog).getByText(/Begin with a small letter/)).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);

  await user.clear(name);
  await user.type(name, "editor");
  await user.click(within(dialog).getByRole("checkbox", { name: "Write one’s own documents" }));
  await user.click(within(dialog).getByRole("button", { name: "Make the role" }));
  expect(await screen.findByText("The role “editor” is made.")).toBeVisible();
  expect(await bodyOf(requests, "POST")).toEqual({
    name: "editor",
    permissions: ["documents:write"],
  });
});

test("a name that is taken is told", async () => {
  fakePlatform({ ...administration, "POST /api/admin/roles": () => problem(409, "conflict") });
  const { user } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Make a role" }));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "reader");
  await user.click(screen.getByRole("button", { name: "Make the role" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("This name is taken");
});

test("a change says for how many it counts", async () => {
  const { requests } = fakePlatform({
    ...administration,
    "PUT /api/admin/roles/reader": () => json(roles),
  });
  const { user } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Change the role reader" }));
  const dialog = screen.getByRole("dialog", { name: "Change the role “reader”" });
  expect(dialog).toHaveTextContent("It counts for the 2 people who have it");
  await user.click(within(dialog).getByRole("checkbox", { name: "Write one’s own documents" }));
  await user.click(within(dialog).getByRole("button", { name: "Change the role" }));

  expect(await screen.findByText("The role “reader” is changed.")).toBeVisible();
  expect(await bodyOf(requests, "PUT")).toEqual({
    permissions: ["documents:read", "documents:write"],
  });
});

test("removing a role says who loses it", async () => {
  const { requests } = fakePlatform({
    ...administration,
    "DELETE /api/admin/roles/reader": () => new Response(null, { status: 204 }),
  });
  const { user } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Remove the role reader" }));
  const dialog = screen.getByRole("dialog", { name: "Remove the role “reader”?" });
  expect(dialog).toHaveTextContent("2 people lose it");
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Remove the role" }));

  expect(await screen.findByText("The role “reader” is removed.")).toBeVisible();
});

test("who signs in again finds the role as it was drafted", async () => {
  fakePlatform({ ...administration, "POST /api/admin/roles": () => problem(403, "sign-in-again") });
  const { user, unmount } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Make a role" }));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "steward");
  await user.click(screen.getByRole("checkbox", { name: "Manage people" }));
  await user.click(screen.getByRole("button", { name: "Make the role" }));
  const link = await screen.findByRole("link", { name: "Sign in again" });
  link.addEventListener("click", (event) => {
    event.preventDefault(); // jsdom loads no other page
  });
  await user.click(link);
  unmount();

  renderApp("/app/admin/roles");
  expect(await screen.findByRole("textbox", { name: "Name" })).toHaveValue("steward");
  expect(screen.getByRole("checkbox", { name: "Manage people" })).toBeChecked();
});

test("what I may not do myself I cannot put into a role, nor change a role that allows it", async () => {
  fakePlatform({
    ...administration,
    "GET /api/account": () => json({ ...admin, permissions: ["users:manage"] }),
  });
  const { user } = renderApp("/app/admin/roles");
  await user.click(await screen.findByRole("button", { name: "Make a role" }));
  expect(screen.getByRole("checkbox", { name: "Read the audit log" })).toBeDisabled();
  expect(screen.getByRole("checkbox", { name: "Manage people" })).toBeEnabled();
  expect(screen.queryByRole("button", { name: "Change the role reader" })).not.toBeInTheDocument();
});
