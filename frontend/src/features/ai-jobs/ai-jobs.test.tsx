import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Job, ReportLine } from "@/shared/signed-in/jobs/job";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakeEventSource } from "@/testing/fake-event-source";
import {
  fakePlatform,
  gazpacho,
  json,
  member,
  oneDocument,
  problem,
} from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const PAGE = "/app/ai/jobs";
const ID = "0192-job";
const JOBS = "GET /api/ai/jobs";
const ONE = `${JOBS}/${ID}`;
const BEGIN = "POST /api/ai/jobs";
/** What floats stays hidden where nothing is laid out; the tests in a real browser see it. */
const FLOATING = { hidden: true };
const bundled = { id: "smollm2-135m", owned_by: "zaguan", kind: "chat" };
const better = { id: "better", owned_by: "upstream", kind: "chat" };
const running: Job = {
  id: ID,
  kind: "summarise",
  state: "running",
  params: { document: gazpacho.id, title: gazpacho.title, model: bundled.id },
  done: 2,
  total: 5,
  counts: { succeeded: 0, left_out: 0, failed: 0 },
  reason: null,
  created_at: "2026-11-25T10:00:00Z",
  started_at: "2026-11-25T10:00:01Z",
  ended_at: null,
};
const queued: Job = { ...running, state: "queued", done: 0, total: null, started_at: null };
const done: Job = {
  ...running,
  state: "done",
  done: 5,
  counts: { succeeded: 1, left_out: 0, failed: 0 },
  ended_at: "2026-11-25T10:00:09Z",
};
const tagging: Job = { ...running, kind: "tag", params: {} };
const line = (number: number, subject: string, more: Partial<ReportLine>): ReportLine => ({
  number,
  subject,
  outcome: "succeeded",
  code: null,
  detail: null,
  result: null,
  ...more,
});
const summary = line(0, "Summary of Gazpacho", { result: "0192-summary" });

const person = {
  "GET /api/account": () =>
    json({ ...member, permissions: ["documents:read", "documents:write", "ai:use"] }),
  "GET /api/ai/v1/models": () => json({ object: "list", data: [bundled] }),
  "GET /api/ai/usage": () => json({ day: { left: 900 }, month: { left: 5000 } }),
};
const list = (...items: Job[]) => ({ [JOBS]: () => json({ items, next: null }) });
const report = (...items: ReportLine[]) => ({
  [`${ONE}/report`]: () => json({ items, next: null }),
});

test("a document is found by its title, and its summary followed to the end", async () => {
  const steps = [queued, running, done];
  const asked: string[] = [];
  const { requests } = fakePlatform({
    ...person,
    ...oneDocument,
    ...list(),
    ...report(summary),
    "GET /api/documents/search": (_request, url) => {
      asked.push(url.searchParams.get("q") ?? "");
      return json({ items: [{ ...gazpacho, snippet: [] }], next: null });
    },
    [BEGIN]: () => json(queued, {}, 202),
    [ONE]: () => json(steps.length > 1 ? steps.shift() : steps[0]),
  });
  const { user, router, container } = renderApp(PAGE);
  expect(await screen.findByText("Nothing yet.")).toBeVisible();
  expect(await screen.findByText(/runs on its own server, without any key/)).toBeVisible();
  expect(await screen.findByText("You can still use 900 tokens today.")).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
  expect(screen.getByRole("button", { name: "Begin" })).toBeDisabled();

  await user.type(screen.getByRole("combobox", { name: /Document/ }), "gazp");
  await waitFor(() => {
    expect(asked).toEqual(["gazp"]);
  });
  await user.click(await screen.findByRole("option", { name: "Gazpacho", ...FLOATING }));
  await user.click(screen.getByRole("button", { name: "Begin" }));

  expect(await screen.findByRole("heading", { name: /Summary of “Gazpacho”/ })).toBeVisible();
  expect(router.state.location.pathname).toBe(`${PAGE}/${ID}`);
  const sent = requests.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({
    kind: "summarise",
    document: gazpacho.id,
    into: null,
    model: null,
  });
  expect(await screen.findByText("2 of 5 parts")).toBeVisible();
  expect(
    screen.getByRole("progressbar", { name: "Progress of Summary of “Gazpacho”" }),
  ).toHaveValue(2);
  expect(screen.getByText("With the model smollm2-135m")).toBeVisible();
  expect(await screen.findByText("The summary is a new document of yours.")).toBeVisible();
  expect(await screen.findByRole("link", { name: "Open it" })).toHaveAttribute(
    "href",
    "/app/documents/0192-summary",
  );
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("a translation is asked for with its language and, where there is one, with a model", async () => {
  const { requests } = fakePlatform({
    ...person,
    ...oneDocument,
    ...list(),
    ...report(),
    "GET /api/ai/v1/models": () => json({ object: "list", data: [bundled, better] }),
    [BEGIN]: () => json({ ...queued, kind: "translate" }, {}, 202),
    [ONE]: () => json({ ...queued, kind: "translate" }),
  });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("radio", { name: "Translate a document" }));
  const models = await screen.findByRole("combobox", { name: "Model" });
  await waitFor(() => {
    expect(within(models).getAllByRole("option")).toHaveLength(2);
  });
  expect(models).toHaveDisplayValue("Dictionaries (Apertium)");
  await user.selectOptions(models, "better");
  await user.selectOptions(
    screen.getByRole("combobox", { name: "Into which language" }),
    "English",
  );
  await user.click(screen.getByRole("combobox", { name: /Document/ }));
  await user.click(await screen.findByRole("option", { name: "Gazpacho", ...FLOATING }));
  await user.click(screen.getByRole("button", { name: "Begin" }));

  await screen.findByText("It goes on by itself, also if you close this page.");
  expect(await requests.find(({ method }) => method === "POST")?.json()).toEqual({
    kind: "translate",
    document: gazpacho.id,
    into: "en",
    model: "better",
  });
});

test.each(["tag", "index"])(
  "what is done with all documents asks for nothing: %s",
  async (kind) => {
    const { requests } = fakePlatform({
      ...person,
      ...oneDocument,
      ...list(),
      ...report(),
      [BEGIN]: () => json({ ...tagging, kind }, {}, 202),
      [ONE]: () => json({ ...tagging, kind }),
    });
    const { user } = renderApp(PAGE);
    const name = kind === "tag" ? "Tag all my documents" : "Index everything again";
    await user.click(await screen.findByRole("radio", { name }));
    expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Begin" }));

    expect(await screen.findByText("2 of 5 documents")).toBeVisible();
    expect(await requests.find(({ method }) => method === "POST")?.json()).toMatchObject({
      kind,
      document: null,
    });
  },
);

test.each([
  [400, "not-for-this-model", {}, "This model cannot do that"],
  [404, "not-found", {}, "Not found"],
  [422, "invalid-fields", { pointer: "/into" }, "This document is in that language already"],
  [422, "invalid-fields", { pointer: "/document" }, "This document cannot be translated"],
  [429, "too-many-requests", {}, "Too much of yours is waiting already"],
  [503, "unavailable", {}, "This service is resting"],
])("a wish that is refused with %i (%s) is told", async (status, slug, field, title) => {
  const errors = "pointer" in field ? [{ ...field, detail: slug }] : undefined;
  fakePlatform({
    ...person,
    ...list(),
    [BEGIN]: () => problem(status, slug, { errors }),
  });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("radio", { name: "Tag all my documents" }));
  await user.click(screen.getByRole("button", { name: "Begin" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(title);
});

test("one's jobs are listed, follow what is told live, and can be cancelled", async () => {
  const { latest } = fakeEventSource();
  let items: Job[] = [
    queued,
    { ...tagging, id: "2" },
    { ...done, id: "3", kind: "translate", params: { ...done.params, into: "es" } },
    { ...done, id: "4", kind: "something-new" },
  ];
  const cancelled: string[] = [];
  fakePlatform({
    ...person,
    [JOBS]: () => json({ items, next: null }),
    "DELETE /api/ai/jobs/2": () => {
      cancelled.push("2");
      items = items.map((job) => (job.id === "2" ? { ...job, state: "cancelled" } : job));
      return new Response(null, { status: 204 });
    },
  });
  const { user, container } = renderApp(PAGE);
  const rows = async () =>
    (await screen.findAllByRole("listitem")).filter((item) =>
      within(item).queryByRole("heading"),
    ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  await screen.findByRole("link", { name: "Summary of “Gazpacho”" });
  const [first, second, third, fourth] = await rows();
  expect(first).toHaveTextContent("Waiting");
  expect(second).toHaveTextContent(/Tags for all documents.*Tagging.*2 of 5 documents/);
  expect(third).toHaveTextContent("“Gazpacho” in SpanishFinished");
  expect(within(third).queryByRole("button")).not.toBeInTheDocument();
  expect(fourth).toHaveTextContent("something-newFinished");
  expect(await accessibilityProblems(container)).toEqual([]);

  items = items.map((job) => (job.id === ID ? { ...running, done: 4 } : job));
  latest().tell("job", { id: ID, service: "ai", state: "running", done: 4, total: 5 }, "1");
  expect(await screen.findByText("4 of 5 parts")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Cancel: Tags for all documents" }));
  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(cancelled).toEqual(["2"]);
});

test("the report of a job tells of each document, and which tags were added", async () => {
  const counts = { succeeded: 1, left_out: 1, failed: 1 };
  fakePlatform({
    ...person,
    ...report(
      line(0, "Gazpacho", { code: "tags_added", detail: "kitchen, summer", result: gazpacho.id }),
      line(1, "Notes", { outcome: "left_out", code: "no_tags", detail: "-" }),
      line(2, "Letter", { outcome: "failed", code: "changed_meanwhile", detail: "-" }),
    ),
    [ONE]: () => json({ ...done, kind: "tag", params: {}, counts }),
  });
  const { container } = renderApp(`${PAGE}/${ID}`);

  expect(await screen.findByText("Tags added: kitchen, summer")).toBeVisible();
  expect(screen.getByRole("link", { name: "Gazpacho" })).toHaveAttribute(
    "href",
    `/app/documents/${gazpacho.id}`,
  );
  expect(screen.getByText("No suggested tag is sure enough.")).toBeVisible();
  expect(screen.getByText(/1 document got new tags\./)).toHaveTextContent("1 document failed.");
  expect(await accessibilityProblems(container)).toEqual([]);
});

test.each([
  ["budget_used_up", /The usage page tells when there is more/],
  ["document_gone", /deleted meanwhile/],
  ["something_new", /As the service says it/],
])("a job that failed because of %s says so", async (code, words) => {
  const reason = { code, detail: "As the service says it." };
  fakePlatform({ ...person, [ONE]: () => json({ ...running, state: "failed", reason }) });
  renderApp(`${PAGE}/${ID}`);

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(words);
  expect(alert).toHaveTextContent("No document was made.");
});

test("a job can be cancelled on its page", async () => {
  let job = running;
  fakePlatform({
    ...person,
    [ONE]: () => json(job),
    [`DELETE /api/ai/jobs/${ID}`]: () => {
      job = { ...running, state: "cancelled" };
      return new Response(null, { status: 204 });
    },
    ...report(),
  });
  const { user } = renderApp(`${PAGE}/${ID}`);
  await user.click(await screen.findByRole("button", { name: "Cancel this job" }));

  expect(await screen.findByText("This job was cancelled.")).toBeVisible();
  expect(screen.getByText("No document was made.")).toBeVisible();
});

test.each([
  ["Summarise", { kind: "summarise" }],
  ["Translate into English", { kind: "translate", into: "en" }],
])("on its own page a document has a way to it: %s", async (name, wish) => {
  const { requests } = fakePlatform({
    ...person,
    ...oneDocument,
    ...report(),
    [BEGIN]: () => json({ ...queued, kind: wish.kind }, {}, 202),
    [ONE]: () => json({ ...queued, kind: wish.kind }),
  });
  const { user, router, container } = renderApp(`/app/documents/${gazpacho.id}`);
  await user.click(await screen.findByRole("button", { name: "Use AI" }));
  expect(await accessibilityProblems(container)).toEqual([]);
  await user.click(await screen.findByRole("menuitem", { name, ...FLOATING }));

  await waitFor(() => {
    expect(router.state.location.pathname).toBe(`${PAGE}/${ID}`);
  });
  expect(await requests.find(({ method }) => method === "POST")?.json()).toMatchObject({
    ...wish,
    document: gazpacho.id,
  });
});

test("who may not save documents is offered what only reads them", async () => {
  fakePlatform({
    ...person,
    ...oneDocument,
    ...list(),
    "GET /api/account": () => json({ ...member, permissions: ["documents:read", "ai:use"] }),
  });
  renderApp(PAGE);
  expect(await screen.findAllByRole("radio")).toHaveLength(1);
  expect(screen.getByRole("radio", { name: "Index everything again" })).toBeChecked();
});
