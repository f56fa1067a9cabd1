import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakePlatform } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

test("an unknown error page says so and leads to the list", async () => {
  fakePlatform({});
  renderApp("/docs/errors/no-such-thing");

  expect(
    await screen.findByRole("heading", { level: 1, name: "No such error message" }),
  ).toBeVisible();
  expect(screen.getByRole("link", { name: "All error messages" })).toHaveAttribute(
    "href",
    "/docs/errors",
  );
});

test("each error page that the list names opens", async () => {
  fakePlatform({});
  const { user } = renderApp("/docs/errors");
  const [first] = await screen
    .findAllByRole("link", { name: /./ })
    .then(() => screen.findAllByRole("listitem"));
  const link = first?.querySelector("a");
  if (!link) throw new Error("The list of error pages is empty");
  const title = link.textContent;
  await user.click(link);

  expect(await screen.findByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("an unknown address is told", async () => {
  fakePlatform({});
  renderApp("/docs/nothing");

  expect(
    await screen.findByRole("heading", { level: 1, name: "No room behind this door" }),
  ).toBeVisible();
});
