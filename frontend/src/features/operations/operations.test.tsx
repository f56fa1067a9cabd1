import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { components } from "@/shared/api/backend.gen";
import { accessibilityProblems } from "@/testing/accessibility";
import { admin, administration } from "@/testing/fake-administration";
import { fakePlatform, json, member, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

type Schemas = components["schemas"];

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

const queue: Schemas["Queue"] = {
  name: "documents.people",
  events: ["user.deleted.v1"],
  waiting: 3,
  consumers: 1,
  oldest_at: ago(185),
  handled_last_minute: 1200,
  dead_letters: 1,
  sent_again: 0,
};
const outbox = { waiting: 0, returned: 0, oldest_at: null, sent_last_minute: 2 };
const letter: Schemas["DeadLetter"] = {
  id: "0192-letter",
  queue: "documents.people",
  event_id: "0192-event",
  event_type: "user.deleted.v1",
  happened_at: ago(4000),
  buried_at: ago(7300),
  reason: "failed 5 times, at last with ValueError",
  tries: 5,
  state: "waiting",
  on_behalf: false,
  size: 180,
  shape: [
    { path: "", kind: "object", length: 5 },
    { path: "data.owner", kind: "text", length: 36 },
  ],
};
const LETTERS = "/api/admin/operations/documents/dead-letters";
const operator = { ...admin, permissions: [...admin.permissions, "operations:manage"] };

function platform(
  queues: Schemas["Queue"][] = [queue],
  letters: Schemas["DeadLetter"][] = [letter],
) {
  const state = { letters, queues };
  const services = () => [
    { name: "backend", state: "ok", events: { broker: "ok", outbox, queues: [] } },
    { name: "documents", state: "ok", events: { broker: "ok", outbox, queues: state.queues } },
  ];
  const answers = {
    ...administration,
    "GET /api/account": () => json(operator),
    "GET /api/admin/operations": () => json({ services: services() }),
    [`GET ${LETTERS}`]: () => json({ items: state.letters, next: null }),
  };
  return { state, answers };
}

test("queues are told in figures, dead letters with reason and shape", async () => {
  fakePlatform(platform().answers);
  const { container, user } = renderApp("/app/admin/operations");
  const documents = await screen.findByRole("region", { name: "documents" });
  expect(screen.getByText("1 dead letter waits for a decision.")).toBeVisible();
  const people = within(documents).getByRole("region", { name: /documents\.people/ });
  expect(people).toHaveTextContent("3 minutes");
  expect(people).toHaveTextContent("1,200");

  const row = within(await screen.findByRole("list", { name: /documents\.people/ }));
  expect(row.getByText("It failed 5 times, at last with ValueError.")).toBeVisible();
  expect(row.getByText(/A dead letter for 2 hours/)).toBeVisible();
  await user.click(row.getByText("Shape of the payload (180 bytes)"));
  expect(row.getByRole("row", { name: "data.owner text 36" })).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("without dead letters it says that nothing is to be done", async () => {
  fakePlatform(platform([{ ...queue, dead_letters: 0 }], []).answers);
  renderApp("/app/admin/operations");
  expect(await screen.findByText("No dead letters: nothing waits for you.")).toBeVisible();
  expect(screen.queryByRole("list", { name: /Dead letters/ })).not.toBeInTheDocument();
});

test("sent again it is being tried, and cannot be decided about meanwhile", async () => {
  const { answers, state } = platform();
  const { requests } = fakePlatform({
    ...answers,
    [`POST ${LETTERS}/${letter.id}/again`]: () => {
      state.letters = [{ ...letter, state: "sent_again" }];
      return new Response(null, { status: 204 });
    },
  });
  const { user } = renderApp("/app/admin/operations");
  await user.click(await screen.findByRole("button", { name: "Send again: user.deleted.v1" }));

  expect(await screen.findByText("The dead letter is sent again.")).toHaveFocus();
  expect(await screen.findByText("Is being tried once more")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Drop/ })).not.toBeInTheDocument();
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("dropping is asked about first", async () => {
  const { answers, state } = platform();
  const { requests } = fakePlatform({
    ...answers,
    [`DELETE ${LETTERS}/${letter.id}`]: () => {
      state.letters = [];
      state.queues = [{ ...queue, dead_letters: 0 }];
      return new Response(null, { status: 204 });
    },
  });
  const { user } = renderApp("/app/admin/operations");
  await user.click(await screen.findByRole("button", { name: "Drop user.deleted.v1" }));
  const dialog = screen.getByRole("dialog", { name: "Drop this dead letter?" });
  expect(dialog).toHaveTextContent("cannot be had back");
  expect(requests.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Drop" }));

  expect(await screen.findByText("The dead letter is dropped.")).toBeVisible();
  expect(await screen.findByText("No dead letters: nothing waits for you.")).toBeVisible();
});

test("who comes too late is told so", async () => {
  const { answers } = platform();
  fakePlatform({
    ...answers,
    [`POST ${LETTERS}/${letter.id}/again`]: () => problem(409, "conflict"),
    [`DELETE ${LETTERS}/${letter.id}`]: () => problem(404, "not-found"),
  });
  const { user } = renderApp("/app/admin/operations");
  await user.click(await screen.findByRole("button", { name: "Send again: user.deleted.v1" }));
  expect(await screen.findByText("It cannot be sent again now")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Drop user.deleted.v1" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Drop" }));
  expect(await dialog.findByText("This dead letter is gone already")).toBeVisible();
});

test("a service or a broker that is silent is named, the rest is shown", async () => {
  const nothing = { ...queue, waiting: null, consumers: null, oldest_at: null, dead_letters: null };
  fakePlatform({
    ...platform().answers,
    "GET /api/admin/operations": () =>
      json({
        services: [
          { name: "ai", state: "unreachable", events: null },
          {
            name: "documents",
            state: "ok",
            events: {
              broker: "unreachable",
              outbox: { ...outbox, returned: 2 },
              queues: [nothing],
            },
          },
          { name: "old", state: "unknown", events: null },
        ],
      }),
  });
  renderApp("/app/admin/operations");
  expect(await screen.findByText(/This service does not answer/)).toBeVisible();
  expect(screen.getByText(/does not tell of its events/)).toBeVisible();
  expect(screen.getByText(/The broker does not answer this service/)).toBeVisible();
  expect(screen.getByText("Could not be delivered")).toBeVisible();
  expect(screen.getByText(/2 services do not answer/)).toHaveTextContent("is not known");
});

test("the page refreshes itself", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const { answers, state } = platform([{ ...queue, dead_letters: 0 }], []);
    fakePlatform(answers);
    renderApp("/app/admin/operations");
    expect(await screen.findByText("No dead letters: nothing waits for you.")).toBeVisible();
    state.queues = [queue];
    state.letters = [letter];
    await vi.advanceTimersByTimeAsync(6000);
    await waitFor(() => {
      expect(screen.getByText("1 dead letter waits for a decision.")).toBeVisible();
    });
  } finally {
    vi.useRealTimers();
  }
});

test("who lacks the permission is not offered the page", async () => {
  fakePlatform({ ...administration, "GET /api/account": () => json(admin) });
  const { unmount } = renderApp("/app/admin/people");
  expect(await screen.findByRole("link", { name: "Audit" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Operations" })).not.toBeInTheDocument();
  unmount();

  fakePlatform({ ...administration, "GET /api/account": () => json(member) });
  renderApp("/app/admin/operations");
  expect(
    await screen.findByRole("heading", { name: "This room is not open to you" }),
  ).toBeVisible();
});
