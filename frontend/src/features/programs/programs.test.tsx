import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const CODE = "BCDF-GHJK";

const told = {
  client: "zaguan, the command line",
  user_agent: "zaguan/0.1 (Linux; workshop)",
  address: "192.0.2.7",
  permissions: ["documents:read"],
};
const waiting = {
  ...told,
  user_code: CODE,
  asked_at: "2026-11-25T10:00:00Z",
  expires_at: "2026-11-25T10:10:00Z",
};
const program = {
  ...told,
  id: "p-1",
  created_at: "2026-11-20T10:00:00Z",
  last_used_at: null,
  expires_at: "2027-11-20T10:00:00Z",
};

const LOOKUP = "POST /api/account/programs/lookup";
const APPROVE = "POST /api/account/programs/approve";
const DENY = "POST /api/account/programs/deny";
const done = () => new Response(null, { status: 204 });
const isKnown = { [LOOKUP]: () => json(waiting) };

afterEach(() => {
  sessionStorage.clear();
});

type View = ReturnType<typeof renderApp>;

async function typeCode({ user }: View, code = "bcdf ghjk") {
  await user.type(await screen.findByRole("textbox", { name: "Code" }), code);
  await user.click(screen.getByRole("button", { name: "Go on" }));
}

const press = ({ user }: View, name: string) => user.click(screen.getByRole("button", { name }));

test("a typed code shows which program asks for what, and letting it in says so", async () => {
  const { requests } = fakePlatform({ ...isKnown, [APPROVE]: done });
  const view = renderApp("/app/device");
  await typeCode(view);

  const heading = await screen.findByRole("heading", { name: /“zaguan, the command line” asks/ });
  expect(heading).toHaveFocus();
  expect(screen.getByText(CODE)).toBeVisible();
  expect(screen.getByText("zaguan/0.1 (Linux; workshop)")).toBeVisible();
  expect(screen.getByText("192.0.2.7")).toBeVisible();
  expect(screen.getByText("Read one’s own documents")).toBeVisible();
  expect(await accessibilityProblems(view.container)).toEqual([]);
  expect(await requests.find(({ url }) => url.endsWith("lookup"))?.json()).toEqual({
    user_code: "bcdf ghjk",
  });

  await press(view, "Let it in");
  expect(await screen.findByRole("heading", { name: "It is in" })).toBeVisible();
  expect(screen.getByText(/is signed in as you/)).toHaveFocus();
  expect(await requests.find(({ url }) => url.endsWith("approve"))?.json()).toEqual({
    user_code: CODE,
  });
});

test("a code that came with the link is shown, and nothing goes on by itself", async () => {
  const { requests } = fakePlatform(isKnown);
  const view = renderApp(`/app/device?user_code=${CODE}`);

  expect(await screen.findByRole("textbox", { name: "Code" })).toHaveValue(CODE);
  expect(screen.getByText(/only if a program of yours shows the same one/)).toBeVisible();
  expect(requests.some(({ method }) => method === "POST")).toBe(false);
  await press(view, "Go on");
  expect(await screen.findByRole("button", { name: "Let it in" })).toBeVisible();
});

test("a program can be sent away", async () => {
  fakePlatform({ ...isKnown, [DENY]: done });
  const view = renderApp("/app/device");
  await typeCode(view);
  await screen.findByRole("button", { name: "Send it away" });
  await press(view, "Send it away");

  expect(await screen.findByRole("heading", { name: "It was sent away" })).toBeVisible();
});

test("letting in asks for a fresh sign-in and comes back to the same program", async () => {
  fakePlatform({ ...isKnown, [APPROVE]: () => problem(403, "sign-in-again") });
  const first = renderApp(`/app/device?user_code=${CODE}`);
  await screen.findByRole("textbox", { name: "Code" });
  await press(first, "Go on");
  await screen.findByRole("button", { name: "Let it in" });
  await press(first, "Let it in");
  const way = await screen.findByRole("link", { name: "Sign in again" });
  expect(way).toHaveAttribute(
    "href",
    "/auth/login?again=yes&next=%2Fapp%2Fdevice%3Fuser_code%3DBCDF-GHJK",
  );
  way.addEventListener("click", (event) => {
    event.preventDefault();
  });
  await first.user.click(way);
  cleanup();

  fakePlatform({ ...isKnown, [APPROVE]: done });
  const back = renderApp(`/app/device?user_code=${CODE}`);
  await screen.findByRole("button", { name: "Let it in" });
  await press(back, "Let it in");
  expect(await screen.findByRole("heading", { name: "It is in" })).toBeVisible();
  expect(sessionStorage).toHaveLength(0);
});

test.each([
  [404, "not-found", "There is no such code"],
  [429, "too-many-requests", "Too many wrong codes"],
])(
  "a code that is refused with %i is told, and another can be typed",
  async (status, slug, title) => {
    fakePlatform({ [LOOKUP]: () => problem(status, slug) });
    const view = renderApp("/app/device");
    await typeCode(view);

    expect(await screen.findByRole("alert")).toHaveTextContent(title);
    expect(screen.getByRole("textbox", { name: "Code" })).toHaveValue("bcdf ghjk");
  },
);

test("a code that ran out meanwhile is told, and another can be asked for", async () => {
  fakePlatform({ ...isKnown, [APPROVE]: () => problem(404, "not-found") });
  const view = renderApp("/app/device");
  await typeCode(view);
  await screen.findByRole("button", { name: "Let it in" });
  await press(view, "Let it in");
  expect(await screen.findByRole("alert")).toHaveTextContent("There is no such code");
  await press(view, "Another code");

  expect(await screen.findByRole("textbox", { name: "Code" })).toBeVisible();
});

test("programs are listed and signed out", async () => {
  const living = [program];
  fakePlatform({
    "GET /api/account/programs": () => json({ items: living }),
    "DELETE /api/account/programs/p-1": () => {
      living.pop();
      return done();
    },
  });
  const view = renderApp("/app/account/programs");
  const row = (await screen.findByRole("heading", { name: told.client })).closest("li");
  expect(within(row as HTMLElement).getByText("Read one’s own documents")).toBeVisible();
  expect(row).toHaveTextContent("Never used");
  expect(await accessibilityProblems(view.container)).toEqual([]);

  await press(view, `Sign out ${told.client}`);
  expect(await screen.findByText(/“zaguan, the command line” is signed out/)).toHaveFocus();
  expect(screen.getByText("No program is signed in.")).toBeVisible();
});

test("a list of programs that does not come is asked for again", async () => {
  let rests = true;
  fakePlatform({
    "GET /api/account/programs": () => (rests ? problem(503, "unavailable") : json({ items: [] })),
  });
  const view = renderApp("/app/account/programs");
  await screen.findByRole("alert");
  rests = false;
  await press(view, "Try again");

  expect(await screen.findByText("No program is signed in.")).toBeVisible();
});
