import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { fakeEventSource } from "@/testing/fake-event-source";
import { fakePlatform, json, member, oneDocument } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";
import { reachedBudgets } from "./reached-budgets";

const today = new Date().toISOString().slice(0, 10);
const day = { budget: "day", period: today, used: 812, limit: 1000 };
const words = "You have used 81% of today’s AI budget.";

afterEach(() => {
  reachedBudgets.set([]);
});

async function open() {
  const { latest } = fakeEventSource();
  fakePlatform({
    ...oneDocument,
    "GET /api/account": () => json({ ...member, permissions: [...member.permissions, "ai:use"] }),
  });
  const view = renderApp("/app/documents");
  await screen.findByRole("link", { name: /Gazpacho/ });
  const tell = (data: object) => {
    act(() => {
      latest().tell("budget", data, "1");
    });
  };
  return { ...view, tell };
}

test("that most of a budget is used is told where one is, and leads to the use", async () => {
  const { tell } = await open();
  tell(day);
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByRole("link", { name: "See your usage" })).toHaveAttribute(
    "href",
    "/app/ai/usage",
  );
  tell({ ...day, budget: "month", period: today.slice(0, 7), used: 1200 });
  expect(await screen.findByText("You have used 100% of this month’s AI budget.")).toBeVisible();
});

test("what was put away is not told again in that period, but in the next", async () => {
  const { tell, user } = await open();
  tell(day);
  await user.click(await screen.findByRole("button", { name: "Close the notice about today" }));
  expect(screen.queryByText(words)).not.toBeInTheDocument();
  tell(day);
  expect(screen.queryByText(words)).not.toBeInTheDocument();
  tell({ ...day, budget: "month", period: today.slice(0, 7) });
  expect(await screen.findByText(/of this month’s AI budget/)).toBeVisible();
});

test("what is put away in another tab goes here, too, and what is over is not told", async () => {
  const { tell } = await open();
  tell({ ...day, period: "2020-01-01" });
  tell(day);
  expect(await screen.findAllByRole("button", { name: /Close the notice/ })).toHaveLength(1);
  localStorage.setItem(`zaguan-budget-told:${member.id}`, today);
  act(() => {
    window.dispatchEvent(new StorageEvent("storage"));
  });
  await waitFor(() => {
    expect(screen.queryByText(words)).not.toBeInTheDocument();
  });
});
