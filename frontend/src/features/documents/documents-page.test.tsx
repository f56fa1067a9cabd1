import { screen, waitFor } from "@testing-library/react";
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

test("lists the documents, page after page", async () => {
  const { body, ...summary } = { ...gazpacho, excerpt: gazpacho.body };
  fakePlatform({
    "GET /api/documents": (_request, url) =>
      url.searchParams.get("cursor") === "more"
        ? json({ items: [{ ...summary, id: "2", title: body }], next: null })
        : json({ items: [summary], next: "more" }),
  });
  const { user } = renderApp("/app/documents");
  expect(await screen.findByRole("link", { name: "Gazpacho" })).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Load more" }));

  expect(await screen.findByRole("link", { name: body })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Load more" })).not.toBeInTheDocument();
});

test("searches after a pause, and the address keeps what was searched", async () => {
  const { body, ...summary } = gazpacho;
  fakePlatform({
    ...oneDocument,
    "GET /api/documents/search": (_request, url) =>
      json({
        items: [
          {
            ...summary,
            excerpt: body,
            snippet: [{ text: url.searchParams.get("q"), match: true }],
          },
        ],
        next: null,
      }),
  });
  const { user, router } = renderApp("/app/documents");
  await user.type(await screen.findByRole("searchbox", { name: "Search your documents" }), "oil");

  expect(await screen.findByText("oil", { selector: "mark" })).toBeVisible();
  expect(router.state.location.search).toBe("?q=oil");
});

test("a tag narrows the list", async () => {
  const { requests } = fakePlatform(oneDocument);
  const { user, router } = renderApp("/app/documents");
  await user.click(await screen.findByRole("link", { name: "Documents with the tag kitchen" }));

  await waitFor(() => {
    expect(requests.some(({ url }) => url.endsWith("tag=kitchen"))).toBe(true);
  });
  await user.click(screen.getByRole("button", { name: "Show all documents" }));
  expect(router.state.location.search).toBe("");
});

test("an empty room invites to write", async () => {
  fakePlatform({ "GET /api/documents": () => json({ items: [], next: null }) });
  renderApp("/app/documents");

  expect(await screen.findByRole("link", { name: "Write your first document" })).toBeVisible();
});

test("a room that was just written in is not called empty while its list is on the way", async () => {
  let written = false;
  fakePlatform({
    ...oneDocument,
    "GET /api/documents": () =>
      written ? new Promise<Response>(() => undefined) : json({ items: [], next: null }),
    "POST /api/documents": () => {
      written = true;
      return json(gazpacho, { ETag: '"1"' }, 201);
    },
  });
  const { user } = renderApp("/app/documents");
  await user.click(await screen.findByRole("link", { name: "Write your first document" }));
  await user.type(await screen.findByRole("textbox", { name: "Title" }), "Gazpacho");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("link", { name: "All documents" }));

  expect(await screen.findByText("Fetching your documents…")).toBeInTheDocument();
  expect(screen.queryByText(/still empty/)).not.toBeInTheDocument();
});

test("a problem tells what to do and its request id, and can be tried again", async () => {
  let broken = true;
  fakePlatform({
    ...oneDocument,
    "GET /api/documents": () =>
      broken ? problem(503, "unavailable") : oneDocument["GET /api/documents"](),
  });
  const { user } = renderApp("/app/documents");
  expect(await screen.findByRole("alert")).toHaveTextContent("This service is resting");
  expect(screen.getByRole("alert")).toHaveTextContent("req-42");

  broken = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Gazpacho" })).toBeVisible();
});

test("who may not write sees no way to", async () => {
  fakePlatform({
    ...oneDocument,
    "GET /api/account": () => json({ ...member, permissions: ["documents:read"] }),
  });
  renderApp("/app/documents");

  expect(await screen.findByRole("link", { name: "Gazpacho" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "New document" })).not.toBeInTheDocument();
});

test("axe finds nothing wrong", async () => {
  fakePlatform(oneDocument);
  const { container } = renderApp("/app/documents");
  await screen.findByRole("link", { name: "Gazpacho" });

  expect(await accessibilityProblems(container)).toEqual([]);
});
