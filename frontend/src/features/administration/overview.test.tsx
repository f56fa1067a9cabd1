import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { administration, admin } from "@/testing/fake-administration";
import { fakePlatform, json } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const overview = {
  active: 9,
  pending: 1,
  suspended: 2,
  days: [
    { day: "2026-11-23", sign_ins: 4, people: 3, refusals: 0 },
    { day: "2026-11-24", sign_ins: 11, people: 5, refusals: 0 },
    { day: "2026-11-25", sign_ins: 2, people: 2, refusals: 0 },
  ],
};
const answers = { ...administration, "GET /api/admin/audit/overview": () => json(overview) };

test("the charts are told in a sentence each, and in a table", async () => {
  fakePlatform(answers);
  const { container, user } = renderApp("/app/admin/overview");
  expect(await screen.findByRole("figure", { name: "Sign-ins" })).toHaveTextContent(
    "17 in all; at most 11 in a day, on Nov 24.",
  );
  expect(screen.getByRole("figure", { name: "People who signed in" })).toHaveTextContent(
    "At most 5 in a day, on Nov 24.",
  );
  expect(screen.getByRole("figure", { name: "Refused sign-ins" })).toHaveTextContent(
    "None in this time.",
  );

  await user.click(screen.getByText("The charts as a table"));
  const rows = within(screen.getByRole("table")).getAllByRole("row");
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    "DaySign-insPeopleRefused",
    "Nov 25220",
    "Nov 241150",
    "Nov 23430",
  ]);
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("a number of people leads to them, for who may see them", async () => {
  fakePlatform(answers);
  const { unmount } = renderApp("/app/admin/overview");
  expect(await screen.findByRole("link", { name: "1 waits for approval" })).toHaveAttribute(
    "href",
    "/app/admin/people?status=pending",
  );
  unmount();

  fakePlatform({
    ...answers,
    "GET /api/account": () => json({ ...admin, permissions: ["audit:read"] }),
  });
  renderApp("/app/admin/overview");
  expect(await screen.findByText("active people")).toBeVisible();
  expect(screen.queryByRole("link", { name: /active people/ })).not.toBeInTheDocument();
});

test("how far back is chosen, and kept in the address", async () => {
  const { requests } = fakePlatform(answers);
  const { user, router } = renderApp("/app/admin/overview");
  await user.selectOptions(
    await screen.findByRole("combobox", { name: "How far back" }),
    "90 days",
  );

  expect(router.state.location.search).toBe("?days=90");
  expect(requests.some(({ url }) => url.endsWith("overview?days=90"))).toBe(true);
});
