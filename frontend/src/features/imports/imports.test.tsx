import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Job, ReportLine } from "@/shared/signed-in/jobs/job";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakeEventSource } from "@/testing/fake-event-source";
import { fakePlatform, json, member, oneDocument, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

const PAGE = "/app/documents/import";
const ID = "0192-job";
const running: Job = {
  id: ID,
  kind: "import",
  state: "running",
  params: { file: "notes.zip" },
  done: 2,
  total: 4,
  counts: { succeeded: 1, left_out: 0, failed: 1 },
  reason: null,
  created_at: "2026-11-25T10:00:00Z",
  started_at: "2026-11-25T10:00:01Z",
  ended_at: null,
};
const queued: Job = { ...running, state: "queued", done: 0, total: null, started_at: null };
const done: Job = {
  ...running,
  state: "done",
  done: 4,
  counts: { succeeded: 2, left_out: 1, failed: 1 },
  ended_at: "2026-11-25T10:00:09Z",
};
const line = (number: number, subject: string, more: Partial<ReportLine>): ReportLine => ({
  number,
  subject,
  outcome: "succeeded",
  code: null,
  detail: null,
  result: null,
  ...more,
});
const report = [
  line(0, "notes/a.md", { result: "0192-a" }),
  line(1, "notes/b.md", { outcome: "failed", code: "not_utf8", detail: "English words." }),
  line(2, "picture.png", { outcome: "left_out", code: "not_markdown", detail: "English words." }),
  line(3, "c.md", { code: "something_new", detail: "As the service says it.", result: "0192-c" }),
];
const JOBS = "GET /api/documents/jobs";
const ONE = `${JOBS}/${ID}`;
const REPORT = {
  [`${ONE}/report`]: (_request: Request, url: URL) => {
    const wanted = url.searchParams.get("outcome");
    return json({
      items: report.filter(({ outcome }) => !wanted || wanted === outcome),
      next: null,
    });
  },
};
const list = (...items: Job[]) => ({ [JOBS]: () => json({ items, next: null }) });
const archive = () => new File(["PK\u0003\u0004"], "notes.zip", { type: "application/zip" });

test("an archive is chosen, and its import is followed to the end", async () => {
  const steps = [queued, running, done];
  const { requests } = fakePlatform({
    ...oneDocument,
    ...list(),
    ...REPORT,
    "POST /api/documents/imports": () => json(queued, {}, 202),
    [ONE]: () => json(steps.length > 1 ? steps.shift() : steps[0]),
  });
  const { user, router, container } = renderApp(PAGE);
  expect(await screen.findByText("Nothing yet.")).toBeVisible();
  await user.upload(screen.getByLabelText("ZIP archive"), archive());

  expect(await screen.findByRole("heading", { name: /notes\.zip/ })).toBeVisible();
  expect(router.state.location.pathname).toBe(`${PAGE}/${ID}`);
  const sent = requests.find(({ method }) => method === "POST");
  expect(sent?.url).toMatch(/name=notes\.zip$/);
  expect(sent?.headers.get("Content-Type")).toBe("application/zip");
  expect(await screen.findByText("2 of 4 files")).toBeVisible();
  expect(await screen.findByText("2 documents were imported.")).toBeVisible();
  expect(screen.getByText(/1 file failed\. 1 file was left out\./)).toBeVisible();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("how an import ends is told wherever its person has gone meanwhile", async () => {
  const { latest } = fakeEventSource();
  let job = running;
  fakePlatform({ ...oneDocument, ...REPORT, [ONE]: () => json(job) });
  const { user, router, container } = renderApp(`${PAGE}/${ID}`);
  expect(await screen.findByText("2 of 4 files")).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Documents" }));
  expect(await screen.findByRole("link", { name: /Gazpacho/ })).toBeVisible();
  expect(screen.queryByText("Finished")).not.toBeInTheDocument();

  job = done;
  latest().tell("job", { id: ID, service: "documents", state: "done" }, "1");
  const notice = (await screen.findByRole("link", { name: "notes.zip" })).parentElement;
  expect(notice).toHaveTextContent("notes.zip Finished There is 1 problem.");
  expect(await accessibilityProblems(container)).toEqual([]);
  await user.click(screen.getByRole("link", { name: "notes.zip" }));
  expect(router.state.location.pathname).toBe(`${PAGE}/${ID}`);
  await user.click(await screen.findByRole("link", { name: "Documents" }));
  expect(await screen.findByRole("link", { name: /Gazpacho/ })).toBeVisible();
  expect(screen.queryByText("Finished")).not.toBeInTheDocument();
});

test("the report says what became of each file, and can be narrowed", async () => {
  fakePlatform({ ...REPORT, [ONE]: () => json(done) });
  const { user } = renderApp(`${PAGE}/${ID}`);

  const first = await screen.findByRole("link", { name: "notes/a.md" });
  expect(first).toHaveAttribute("href", "/app/documents/0192-a");
  expect(screen.getByText(/Not written in UTF-8/)).toBeVisible();
  expect(screen.getByText(/only files that end in \.md/)).toBeVisible();
  expect(screen.getByText("As the service says it.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Failed 1" }));
  await waitFor(() => {
    expect(screen.queryByText("picture.png")).not.toBeInTheDocument();
  });
  expect(screen.getByText("notes/b.md")).toBeVisible();
});

test.each([
  ["ended", /signed out everywhere/],
  ["not_a_zip", /not a ZIP archive, or it is damaged/],
  ["something_new", /As the service says it/],
])("an import that failed because of %s says so, and what stays", async (code, words) => {
  const failed: Job = {
    ...running,
    state: "failed",
    reason: { code, detail: "As the service says it." },
  };
  fakePlatform({ ...REPORT, [ONE]: () => json(failed) });
  const { container } = renderApp(`${PAGE}/${ID}`);

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(words);
  expect(alert).toHaveTextContent("1 document had been imported before, and stays.");
  expect(await accessibilityProblems(container)).toEqual([]);
});

test.each([204, 409])("it can be cancelled; %i", async (status) => {
  let job = running;
  fakePlatform({
    ...REPORT,
    [ONE]: () => json(job),
    [`DELETE /api/documents/jobs/${ID}`]: () => {
      job = { ...running, state: "cancelled" };
      return status === 204 ? new Response(null, { status }) : problem(status, "conflict");
    },
  });
  const { user } = renderApp(`${PAGE}/${ID}`);
  await user.click(await screen.findByRole("button", { name: "Cancel the import" }));

  expect(await screen.findByText("The import was cancelled.")).toBeVisible();
  expect(screen.getByText("1 document had been imported before, and stays.")).toBeVisible();
});

test("an import can be cancelled where it is listed", async () => {
  let items = [running, { ...done, id: "3" }];
  const { requests } = fakePlatform({
    [JOBS]: () => json({ items, next: null }),
    [`DELETE /api/documents/jobs/${ID}`]: () => {
      items = [{ ...running, state: "cancelled" }];
      return new Response(null, { status: 204 });
    },
  });
  const { user } = renderApp(PAGE);
  await user.click(await screen.findByRole("button", { name: "Cancel the import of notes.zip" }));
  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
});

test.each([
  [413, "too-large", "This archive is too large"],
  [422, "invalid-fields", "This is not a ZIP archive"],
  [429, "too-many-requests", "Too much of yours is waiting already"],
  [503, "unavailable", "This service is resting"],
])("an archive that is refused with %i is told", async (status, slug, title) => {
  fakePlatform({ ...list(), "POST /api/documents/imports": () => problem(status, slug) });
  const { user } = renderApp(PAGE);
  await user.upload(await screen.findByLabelText("ZIP archive"), archive());

  expect(await screen.findByRole("alert")).toHaveTextContent(title);
});

test("an archive without Markdown imports nothing, and says so", async () => {
  const nothing: Job = { ...done, counts: { succeeded: 0, left_out: 4, failed: 0 } };
  fakePlatform({ ...oneDocument, ...REPORT, [ONE]: () => json(nothing) });
  renderApp(`${PAGE}/${ID}`);
  expect(await screen.findByText("No document was imported.")).toBeVisible();
});

test("an archive over the limit is not sent", async () => {
  const { requests } = fakePlatform(list());
  const { user } = renderApp(PAGE);
  const large = archive();
  Object.defineProperty(large, "size", { value: 17 * 1024 * 1024 });
  await user.upload(await screen.findByLabelText("ZIP archive"), large);

  expect(await screen.findByRole("alert")).toHaveTextContent("This archive is too large");
  expect(requests.some(({ method }) => method === "POST")).toBe(false);
});

test("an archive can be dropped", async () => {
  fakePlatform({
    ...list(),
    ...REPORT,
    "POST /api/documents/imports": () => json(done, {}, 202),
    [ONE]: () => json(done),
  });
  renderApp(PAGE);
  const place = await screen.findByText("Drop a ZIP archive here, or");
  fireEvent.drop(place, { dataTransfer: { files: [archive()] } });

  expect(await screen.findByText("2 documents were imported.")).toBeVisible();
});

test("earlier imports are listed with how far they are", async () => {
  fakePlatform(list(queued, { ...running, id: "2" }, { ...done, id: "3" }));
  const { container } = renderApp(PAGE);

  const [first, second, third] = await screen
    .findAllByRole("listitem")
    .then((all) => all.filter((item) => within(item).queryByRole("heading")));
  expect(first).toHaveTextContent("Waiting");
  expect(second).toHaveTextContent("2 of 4 files");
  expect(
    within(second as HTMLElement).getByRole("progressbar", { name: "Progress of notes.zip" }),
  ).toHaveAttribute("value", "2");
  expect(third).toHaveTextContent("Finished");
  expect(await accessibilityProblems(container)).toEqual([]);
});

test("who may only read sees no way to import", async () => {
  fakePlatform({
    ...list(),
    "GET /api/account": () => json({ ...member, permissions: ["documents:read"] }),
  });
  renderApp(PAGE);

  expect(await screen.findByText("Nothing yet.")).toBeVisible();
  expect(screen.queryByLabelText("ZIP archive")).not.toBeInTheDocument();
});
