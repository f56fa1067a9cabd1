import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { admin, administration } from "@/testing/fake-administration";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const invitation = {
  id: "0192-invitation",
  email: "lola@casa.example",
  role: "reader",
  invited_by: admin.id,
  created_at: "2026-11-20T10:00:00Z",
  expires_at: "2999-01-01T10:00:00Z",
  accepted_at: null as string | null,
};
const listed = (...items: object[]) => ({
  ...administration,
  "GET /api/admin/invitations": () => json({ items, next: null }),
});

test("invitations say whether they are open, and who invited", async () => {
  fakePlatform(
    listed(
      invitation,
      { ...invitation, id: "2", email: "old@casa.example", expires_at: "2020-01-01T10:00:00Z" },
      { ...invitation, id: "3", email: "in@casa.example", accepted_at: "2026-11-21T10:00:00Z" },
    ),
  );
  const { container } = renderApp("/app/admin/invitations");
  const row = (email: string) =>
    within(screen.getByRole("heading", { name: email }).closest("li") ?? document.body);

  expect(await screen.findAllByRole("link", { name: "Ada" })).toHaveLength(3);
  expect(row("lola@casa.example").getByText("Open")).toBeVisible();
  expect(row("old@casa.example").getByText("Expired")).toBeVisible();
  expect(row("in@casa.example").getByText("Accepted")).toBeVisible();
  expect(row("in@casa.example").queryByRole("button")).not.toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("somebody is invited, and the link is shown once, to be copied", async () => {
  const link = "http://localhost/app/invitations/secret-code";
  const { requests } = fakePlatform({
    ...administration,
    "POST /api/admin/invitations": () => json({ ...invitation, link }, {}, 201),
  });
  const { user } = renderApp("/app/admin/invitations");
  expect(await screen.findByText("Nobody is invited yet.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Invite somebody" }));
  await user.type(screen.getByRole("textbox", { name: "E-mail address" }), "lola@");
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  expect(screen.getByText("Give one whole e-mail address.")).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);

  await user.type(screen.getByRole("textbox", { name: "E-mail address" }), "casa.example");
  await user.selectOptions(screen.getByRole("combobox", { name: "Role" }), "reader");
  await user.selectOptions(screen.getByRole("combobox", { name: "The link works for" }), "30 days");
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  const dialog = await screen.findByRole("dialog", { name: "Give this link to lola@casa.example" });
  expect(within(dialog).getByRole("textbox", { name: "Link" })).toHaveValue(link);
  await user.click(within(dialog).getByRole("button", { name: "Copy the link" }));
  expect(await navigator.clipboard.readText()).toBe(link);
  expect(await requests.find(({ method }) => method === "POST")?.json()).toEqual({
    email: "lola@casa.example",
    role: "reader",
    days: 30,
  });

  await user.click(within(dialog).getByRole("button", { name: "I have it" }));
  expect(screen.queryByDisplayValue(link)).not.toBeInTheDocument();
});

test("withdrawing says that the link stops working", async () => {
  const { requests } = fakePlatform({
    ...listed(invitation),
    [`DELETE /api/admin/invitations/${invitation.id}`]: () => new Response(null, { status: 204 }),
  });
  const { user } = renderApp("/app/admin/invitations");
  await user.click(
    await screen.findByRole("button", { name: "Withdraw the invitation of lola@casa.example" }),
  );
  const dialog = screen.getByRole("dialog");
  expect(dialog).toHaveTextContent("Its link stops working at once");
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Withdraw" }));

  expect(await screen.findByText("The invitation is withdrawn.")).toBeVisible();
});

test("who signs in again finds the invitation as it was drafted", async () => {
  fakePlatform({
    ...administration,
    "POST /api/admin/invitations": () => problem(403, "sign-in-again"),
  });
  const { user, unmount } = renderApp("/app/admin/invitations");
  await user.click(await screen.findByRole("button", { name: "Invite somebody" }));
  await user.type(screen.getByRole("textbox", { name: "E-mail address" }), "lola@casa.example");
  await user.selectOptions(await screen.findByRole("combobox", { name: "Role" }), "admin");
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  const link = await screen.findByRole("link", { name: "Sign in again" });
  link.addEventListener("click", (event) => {
    event.preventDefault(); // jsdom loads no other page
  });
  await user.click(link);
  unmount();

  renderApp("/app/admin/invitations");
  expect(await screen.findByRole("textbox", { name: "E-mail address" })).toHaveValue(
    "lola@casa.example",
  );
});
