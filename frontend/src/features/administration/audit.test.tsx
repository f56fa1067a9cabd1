import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { administration, entry } from "@/testing/fake-administration";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

test("the timeline tells in words who did what to whom, from where", async () => {
  fakePlatform(administration);
  const { container, user } = renderApp("/app/admin/audit");
  const line = within(
    (await screen.findByText("Role “reader” given")).closest("li") as HTMLElement,
  );
  expect(line.getByText(/^by/)).toHaveTextContent("by Ada");
  expect(line.getByText(/^about/)).toHaveTextContent("about Pau");
  expect(line.getByText("from 192.0.2.7")).toBeVisible();
  await user.click(line.getByText("Particulars"));
  expect(line.getByText("user.role_given")).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("what was done by command is told so", async () => {
  fakePlatform({
    ...administration,
    "GET /api/admin/audit": () =>
      json({ items: [{ ...entry, actor: null, address: "command line" }], next: null }),
  });
  renderApp("/app/admin/audit");

  expect(await screen.findByText("from the command line")).toBeVisible();
});

test("the audit is searched, the address keeps it, and the file is of the same", async () => {
  const { requests } = fakePlatform(administration);
  const { user, router } = renderApp("/app/admin/audit");
  await user.type(await screen.findByRole("textbox", { name: /^Person/ }), " mar@demo.example ");
  await user.selectOptions(
    screen.getByRole("combobox", { name: "What happened" }),
    "Refused sign-ins",
  );
  await user.type(screen.getByLabelText("From"), "2026-11-24");
  await user.type(screen.getByLabelText("To"), "2026-11-25");
  await user.click(screen.getByRole("button", { name: "Search" }));

  const wanted = {
    person: "mar@demo.example",
    action: "sign_in.refused",
    since: new Date(2026, 10, 24).toISOString(),
    until: new Date(2026, 10, 26).toISOString(),
  };
  const asked = (url: string | undefined) =>
    Object.fromEntries(new URL(url ?? "", "http://localhost").searchParams);
  await waitFor(() => {
    expect(asked(requests.findLast(({ url }) => url.includes("/audit?"))?.url)).toEqual(wanted);
  });
  expect(router.state.location.search).toBe(
    "?person=mar%40demo.example&action=sign_in.refused&from=2026-11-24&to=2026-11-25",
  );
  const file = screen.getByRole("link", { name: "Save as CSV" }).getAttribute("href") ?? "";
  expect(file.split("?")[0]).toBe("/api/admin/audit/export");
  expect(asked(file)).toEqual(wanted);
});

test("a name in the timeline leads to everything about that person", async () => {
  fakePlatform(administration);
  const { user, router } = renderApp("/app/admin/audit?action=user.");
  await user.click(await screen.findByRole("link", { name: "Pau" }));

  expect(router.state.location.search).toBe(`?person=${entry.target?.id ?? ""}`);
  const person = await screen.findByRole("textbox", { name: /^Person/ });
  expect(person).toHaveValue(entry.target?.id);
  expect(person).toHaveAccessibleDescription("Pau");
});

test("an action that is new since this build keeps its own name", async () => {
  fakePlatform({
    ...administration,
    "GET /api/admin/audit": () =>
      json({ items: [{ ...entry, action: "moon.landed", detail: {} }], next: null }),
  });
  renderApp("/app/admin/audit");

  expect(await screen.findAllByText("moon.landed")).toHaveLength(2);
});

test("nothing found is said, and a failure can be tried again", async () => {
  let broken = true;
  fakePlatform({
    ...administration,
    "GET /api/admin/audit": () =>
      broken ? problem(503, "unavailable") : json({ items: [], next: null }),
  });
  const { user } = renderApp("/app/admin/audit");
  expect(await screen.findByRole("alert")).toHaveTextContent("This service is resting");

  broken = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing of this kind happened in this time.")).toBeVisible();
});
