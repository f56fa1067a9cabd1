import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { createQueryClient } from "@/shared/query-client";
import { Providers } from "@/shared/start";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, json, problem } from "@/testing/fake-platform";
import { LandingPage } from "./landing-page";

const sample = {
  id: "s1",
  title: "Tiles of Seville",
  excerpt: "Clay.",
  tags: ["craft"],
  locale: "en",
};
const found = {
  ...sample,
  snippet: [
    { text: "tin ", match: false },
    { text: "glaze", match: true },
  ],
};

const renderLanding = () =>
  render(
    <Providers queryClient={createQueryClient()}>
      <LandingPage />
    </Providers>,
  );

test("a visitor searches the samples without signing in", async () => {
  const { requests } = fakePlatform({
    "GET /api/documents/samples": () => json({ items: [sample], next: null }),
    "GET /api/documents/samples/search": () => json({ items: [found], next: null }),
  });
  renderLanding();
  expect(await screen.findByRole("button", { name: "Tiles of Seville" })).toBeVisible();

  await userEvent.type(screen.getByRole("searchbox", { name: "Search the samples" }), "glaze");

  expect(await screen.findByText("glaze", { selector: "mark" })).toBeVisible();
  expect(requests.map(({ url }) => new URL(url).pathname)).not.toContain("/api/account");
});

test("a sample opens to be read", async () => {
  fakePlatform({
    "GET /api/documents/samples": () => json({ items: [sample], next: null }),
    "GET /api/documents/samples/s1": () => json({ ...sample, body: "The *whole* text." }),
  });
  renderLanding();
  await userEvent.click(await screen.findByRole("button", { name: "Tiles of Seville" }));

  expect(await screen.findByText("whole", { selector: "em" })).toBeVisible();
});

test("signing in leads back to the documents", () => {
  fakePlatform({ "GET /api/documents/samples": () => json({ items: [], next: null }) });
  renderLanding();

  const links = screen.getAllByRole("link", { name: /Sign in/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(
    links.map(() => "/auth/login?next=%2Fapp%2Fdocuments"),
  );
});

test("too many searches are told with the time to wait", async () => {
  fakePlatform({ "GET /api/documents/samples": () => problem(429, "too-many-requests") });
  renderLanding();

  expect(await screen.findByRole("alert")).toHaveTextContent("Too many requests");
  expect(screen.getByRole("alert")).toHaveTextContent("req-42");
});

test("the language is chosen and kept", async () => {
  fakePlatform({ "GET /api/documents/samples": () => json({ items: [], next: null }) });
  renderLanding();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Language" }), "es");

  expect(await screen.findByRole("heading", { level: 1, name: /Toda la casa/ })).toBeVisible();
  expect(document.documentElement).toHaveAttribute("lang", "es");
  expect(localStorage.getItem("zaguan-locale")).toBe("es");
});

test("axe finds nothing wrong", async () => {
  fakePlatform({ "GET /api/documents/samples": () => json({ items: [sample], next: null }) });
  const { container } = renderLanding();
  await screen.findByRole("button", { name: "Tiles of Seville" });

  expect(await accessibilityProblems(container)).toEqual([]);
});
