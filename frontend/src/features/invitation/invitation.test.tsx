import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, member, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const PAGE = "/app/invitations/a-code";
const pending = { ...member, status: "pending", permissions: [], roles: [] };

const accept = async ({ user }: ReturnType<typeof renderApp>) => {
  await user.click(await screen.findByRole("button", { name: "Accept the invitation" }));
};

test("who waits accepts on a press, and may then do what the invitation gives", async () => {
  let accepted = false;
  const { requests } = fakePlatform({
    "GET /api/account": () => json(accepted ? member : pending),
    "POST /api/invitations/a-code": () => {
      accepted = true;
      return new Response(null, { status: 204 });
    },
  });
  const view = renderApp(PAGE);
  expect(await screen.findByText("mar@demo.example")).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);
  expect(await accessibilityProblems(view.container)).toEqual([]);

  await accept(view);
  expect(await screen.findByRole("heading", { name: "Come in" })).toBeVisible();
  expect(screen.getByText("Write one’s own documents")).toBeVisible();
  expect(screen.getByRole("link", { name: "Open my documents" })).toHaveAttribute(
    "href",
    "/app/documents",
  );
});

test("who has not signed in does so first and comes back to the invitation", async () => {
  fakePlatform({ "GET /api/account": () => problem(401, "unauthenticated") });
  renderApp(PAGE);

  expect(await screen.findByRole("link", { name: "Sign in to go on" })).toHaveAttribute(
    "href",
    "/auth/login?next=%2Fapp%2Finvitations%2Fa-code",
  );
});

test("an invitation for another address offers another account", async () => {
  fakePlatform({ "POST /api/invitations/a-code": () => problem(403, "forbidden") });
  const view = renderApp(PAGE);
  await accept(view);

  expect(await screen.findByRole("alert")).toHaveTextContent("for another address");
  expect(screen.getByRole("link", { name: "Sign in with another account" })).toHaveAttribute(
    "href",
    "/auth/login?again=yes&next=%2Fapp%2Finvitations%2Fa-code",
  );
  expect(await accessibilityProblems(view.container)).toEqual([]);
});

test("an address that is not confirmed is told to be", async () => {
  fakePlatform({
    "GET /api/account": () => json({ ...pending, email_verified: false }),
    "POST /api/invitations/a-code": () => problem(403, "forbidden"),
  });
  await accept(renderApp(PAGE));

  expect(await screen.findByRole("alert")).toHaveTextContent("Your address is not confirmed");
});

test("one that was used, withdrawn or is too old is over", async () => {
  fakePlatform({ "POST /api/invitations/a-code": () => problem(404, "not-found") });
  await accept(renderApp(PAGE));

  expect(await screen.findByRole("alert")).toHaveTextContent("This invitation is over");
  expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
});

test("what passes is tried again", async () => {
  let rests = true;
  fakePlatform({
    "POST /api/invitations/a-code": () =>
      rests ? problem(503, "unavailable") : new Response(null, { status: 204 }),
  });
  const view = renderApp(PAGE);
  await accept(view);
  await screen.findByRole("alert");
  rests = false;
  await view.user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("heading", { name: "Come in" })).toBeVisible();
});
