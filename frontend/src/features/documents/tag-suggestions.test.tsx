import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
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

const address = `/api/documents/${gazpacho.id}`;
const suggested = {
  id: "s-1",
  model: "words",
  items: [
    { tag: "summer", source: "own", score: 0.8 },
    { tag: "cold soup", source: "new", score: 0.6 },
    { tag: "kitchen", source: "own", score: 0.5 },
  ],
};
const platform = {
  ...oneDocument,
  "GET /api/account": () => json({ ...member, permissions: [...member.permissions, "ai:use"] }),
  "POST /api/ai/tags": () => json(suggested),
  "POST /api/ai/tags/s-1/choice": () => new Response(null, { status: 204 }),
  [`PUT ${address}`]: async (request: Request) =>
    json({ ...gazpacho, ...((await request.json()) as object) }, { ETag: '"2"' }),
};
const open = () => renderApp(`/app/documents/${gazpacho.id}?edit`);
const suggest = async (user: ReturnType<typeof renderApp>["user"]) => {
  await user.click(await screen.findByRole("button", { name: "Suggest tags" }));
};

test("a suggested tag is taken with a click, and what was kept is told after saving", async () => {
  const { requests } = fakePlatform(platform);
  const { user, container } = open();
  await suggest(user);
  const offered = await screen.findByRole("list", { name: "Suggested tags" });
  await within(offered).findByRole("button", { name: "Add the tag summer" });
  // What the document has already is not offered.
  expect(within(offered).queryByRole("button", { name: "Add the tag kitchen" })).toBeNull();
  expect(await accessibilityProblems(container)).toEqual([]);
  await user.click(within(offered).getByRole("button", { name: "Add the tag summer" }));
  expect(within(offered).queryByRole("button", { name: "Add the tag summer" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(requests.some(({ url }) => url.endsWith("/choice"))).toBe(true);
  });
  const told = requests.find(({ url }) => url.endsWith("/choice"));
  expect(await told?.json()).toEqual({ document_id: gazpacho.id, tags: ["kitchen", "summer"] });
});

test("when they cannot be suggested it is said, and the document can still be saved", async () => {
  fakePlatform({ ...platform, "POST /api/ai/tags": () => problem(503, "unavailable") });
  const { user } = open();
  await suggest(user);

  expect(await screen.findByRole("alert")).toHaveTextContent("resting");
  expect(screen.getByRole("button", { name: "Save" })).toBeEnabled();
});

test("when nothing fits it is said", async () => {
  fakePlatform({ ...platform, "POST /api/ai/tags": () => json({ ...suggested, items: [] }) });
  const { user } = open();
  await suggest(user);

  expect(await screen.findByText("No other tag seems to fit.")).toBeVisible();
});

test("who may not use the AI APIs is offered none", async () => {
  fakePlatform(oneDocument);
  open();
  await screen.findByRole("button", { name: "Save" });
  expect(screen.queryByRole("button", { name: "Suggest tags" })).toBeNull();
});
