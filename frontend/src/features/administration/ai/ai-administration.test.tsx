import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { admin, administration, pau } from "@/testing/fake-administration";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const use = { requests: 3, prompt_tokens: 40, completion_tokens: 10 };
const period = { limit: 1000, used: 850, reserved: 0, left: 150, ends_at: "2026-11-26T00:00:00Z" };
const overview = {
  people: 2,
  days: [
    { day: "2026-11-24", ...use, people: 2 },
    { day: "2026-11-25", requests: 0, prompt_tokens: 0, completion_tokens: 0, people: 0 },
    { day: "2026-11-26", requests: 0, prompt_tokens: 0, completion_tokens: 0, people: 0 },
  ],
  models: [{ model: "small", ...use }],
};
const users = [
  { person: pau.id, ...use, last_day: "2026-11-25" },
  { person: "visitors", ...use, prompt_tokens: 0, last_day: "2026-11-25" },
  {
    person: "0192-gone",
    requests: 1,
    prompt_tokens: 1,
    completion_tokens: 0,
    last_day: "2026-11-25",
  },
];
const manager = { ...admin, permissions: [...admin.permissions, "ai:manage"] };
const answers = {
  ...administration,
  "GET /api/account": () => json(manager),
  "GET /api/ai/usage/overview": () => json(overview),
  "GET /api/ai/usage/people": () => json({ items: users, next: null }),
};

test("what is used is seen by day, by model and by person, who have their names", async () => {
  const { requests } = fakePlatform(answers);
  const { container } = renderApp("/app/admin/ai?days=7");

  expect(await screen.findByRole("figure", { name: "Tokens" })).toHaveTextContent("50 in all");
  expect(screen.getByRole("figure", { name: "People" })).toHaveTextContent("At most 2 in a day");
  expect(screen.getByRole("table", { name: "By model" })).toHaveTextContent("small350");
  const rows = within(await screen.findByRole("region", { name: "Who uses it" }));
  expect(await rows.findByRole("link", { name: "Pau" })).toHaveAttribute(
    "href",
    `/app/admin/ai/people/${pau.id}?days=7`,
  );
  expect(rows.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "PPaupau@elsewhere.example50 tokens (3 requests)",
    "VVisitors, all together10 tokens (3 requests)",
    "?0192-gone1 tokens (1 request)",
  ]);
  const asked = requests.find(({ url }) => url.includes("/admin/users"));
  expect(new URL(asked?.url ?? "").searchParams.getAll("id")).toEqual([pau.id, "0192-gone"]);
  expect(screen.getByRole("link", { name: "Save as CSV" })).toHaveAttribute(
    "href",
    "/api/ai/usage/export?days=7",
  );
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("one person is found by name, and what they used is asked for by their id", async () => {
  const { requests } = fakePlatform({
    ...answers,
    "GET /api/ai/usage/people": (_request, url) =>
      json({ items: url.searchParams.has("person") ? [] : users, next: null }),
  });
  const { user, router } = renderApp("/app/admin/ai?days=90");
  await user.type(await screen.findByRole("searchbox"), "pa");

  await waitFor(() => {
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
  });
  expect(screen.getByRole("listitem")).toHaveTextContent("Pau");
  expect(screen.getByRole("listitem")).toHaveTextContent("0 tokens");
  expect(router.state.location.search).toBe("?days=90&q=pa");
  const asked = requests.findLast(({ url }) => url.includes("/usage/people"));
  expect(new URL(asked?.url ?? "").searchParams.getAll("person")).toEqual([pau.id]);
});

test("who may not manage people sees ids, and asks for no name", async () => {
  const { requests } = fakePlatform({
    ...answers,
    "GET /api/account": () => json({ ...admin, permissions: ["ai:manage"] }),
  });
  renderApp("/app/admin/ai");

  expect(await screen.findByRole("link", { name: pau.id })).toBeVisible();
  expect(screen.getByText(/Names are shown to who may manage people/)).toBeVisible();
  expect(screen.queryByRole("searchbox")).not.toBeInTheDocument();
  expect(requests.some(({ url }) => url.includes("/api/admin/"))).toBe(false);
});

test("without the permission the room is not open, and nothing is asked for", async () => {
  const { requests } = fakePlatform(administration);
  renderApp("/app/admin/ai");

  expect(
    await screen.findByRole("heading", { name: "This room is not open to you" }),
  ).toBeVisible();
  expect(requests.some(({ url }) => url.includes("/api/ai/"))).toBe(false);
});

/** A service that keeps the budgets that are set. */
function serviceWithBudgets(...items: object[]) {
  const sent: [string, unknown][] = [];
  const budget = (request: Request, url: URL) => [
    `${request.method} ${url.pathname.replace("/api/ai/budgets/", "")}`,
  ];
  const put = async (request: Request, url: URL) => {
    const body: unknown = await request.json();
    sent.push([String(budget(request, url)), body]);
    return json({ scope: "role", name: "member", day: 1, month: 1 });
  };
  const remove = (request: Request, url: URL) => {
    sent.push([String(budget(request, url)), null]);
    return new Response(null, { status: 204 });
  };
  fakePlatform({
    ...answers,
    "GET /api/ai/budgets": () => json({ items, default: { day: 100_000, month: 1_000_000 } }),
    "GET /api/admin/users": () => json({ items: [pau], next: null }),
    [`GET /api/ai/usage/people/${pau.id}`]: () =>
      json({ day: period, month: { ...period, limit: 9000 }, scope: "person" }),
    "PUT /api/ai/budgets/everyone/all": put,
    "PUT /api/ai/budgets/role/reader": put,
    [`PUT /api/ai/budgets/person/${pau.id}`]: put,
    "DELETE /api/ai/budgets/role/member": remove,
    [`DELETE /api/ai/budgets/person/${pau.id}`]: remove,
  });
  return sent;
}

test("budgets are set for everyone and for a role, and removed", async () => {
  const sent = serviceWithBudgets(
    { scope: "role", name: "member", day: 5000, month: 50_000 },
    { scope: "role", name: "admin", day: 5000, month: 50_000 },
    { scope: "role", name: "gone", day: 1, month: 1 },
    { scope: "person", name: pau.id, day: 7, month: 70 },
  );
  const { user, container } = renderApp("/app/admin/ai/budgets");
  expect(await screen.findByRole("link", { name: "Pau" })).toBeVisible();
  const headings = screen.getAllByRole("heading", { level: 2 });
  expect(headings.map(({ textContent }) => textContent.trim())).toEqual([
    "Everyone (the server’s own setting)",
    "Role “member”",
    "Role “admin”",
    "Role “gone” (there is no such role)",
    "Pau",
  ]);
  expect(screen.getByText("100,000 tokens a day")).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);

  await user.click(screen.getByRole("button", { name: "Set a budget for everyone" }));
  const day = screen.getByRole("textbox", { name: /Tokens a day/ });
  await user.clear(day);
  await user.click(screen.getByRole("button", { name: "Set the budget" }));
  expect(screen.getByText("A whole number is needed here.")).toBeVisible();
  expect(sent).toEqual([]);
  await user.type(day, "20000");
  await user.click(screen.getByRole("button", { name: "Set the budget" }));
  expect(await screen.findByText("The budget of everyone is set.")).toHaveFocus();

  await user.click(screen.getByRole("button", { name: "Set one for a role" }));
  expect(screen.getByRole("combobox", { name: "Role" })).toHaveValue("reader"); // the others have one
  await user.click(screen.getByRole("button", { name: "Set the budget" }));
  expect(await screen.findByText("The budget of the role “reader” is set.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Remove the budget of the role “member”" }));
  const dialog = screen.getByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Remove the budget" }));
  expect(await screen.findByText("The budget of the role “member” is removed.")).toBeVisible();
  expect(sent).toEqual([
    ["PUT everyone/all", { day: 20_000, month: 1_000_000 }],
    ["PUT role/reader", { day: 100_000, month: 1_000_000 }],
    ["DELETE role/member", null],
  ]);
});

test("a person has a page of their own, with a budget of their own", async () => {
  const sent = serviceWithBudgets();
  const { user, container } = renderApp(`/app/admin/ai/people/${pau.id}`);
  expect(await screen.findByRole("heading", { name: "Pau", level: 1 })).toBeVisible();
  expect(await screen.findByText("This budget is their own.")).toBeVisible();
  expect(screen.getByRole("region", { name: "Today" })).toHaveTextContent("85% of it is used.");
  expect(await screen.findByRole("figure", { name: "Tokens" })).toHaveTextContent("50 in all");
  expect(screen.queryByRole("figure", { name: "People" })).not.toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);

  await user.click(screen.getByRole("button", { name: "Change their own budget…" }));
  const month = screen.getByRole("textbox", { name: /Tokens a month/ });
  await user.clear(month);
  await user.type(month, "0");
  await user.click(screen.getByRole("button", { name: "Set the budget" }));
  expect(await screen.findByText("Their budget is set.")).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Remove their own budget…" }));
  await user.click(screen.getByRole("button", { name: "Remove the budget" }));
  expect(await screen.findByText("Their own budget is removed.")).toBeVisible();
  expect(sent).toEqual([
    [`PUT person/${pau.id}`, { day: 1000, month: 0 }],
    [`DELETE person/${pau.id}`, null],
  ]);
});

test("a person who is gone is told", async () => {
  fakePlatform({ ...answers, "GET /api/admin/users/nobody": () => problem(404, "not-found") });
  renderApp("/app/admin/ai/people/nobody");

  expect(await screen.findByRole("alert")).toHaveTextContent("This person is gone");
});
