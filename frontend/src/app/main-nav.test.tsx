import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { accessibilityProblems } from "@/testing/accessibility";
import { fakePlatform, oneDocument } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

test("the menu opens and closes, by its button, by a choice, by Escape and by a click elsewhere", async () => {
  fakePlatform(oneDocument);
  const { user, container } = renderApp("/app/documents");
  const button = await screen.findByRole("button", { name: "Menu" });
  const nav = screen.getByRole("navigation", { name: "Main" });
  expect(button).toHaveAttribute("aria-controls", nav.id);
  expect(button).toHaveAttribute("aria-expanded", "false");

  await user.click(button);
  expect(button).toHaveAttribute("aria-expanded", "true");
  expect(nav).toHaveAttribute("data-open", "true");
  expect(await accessibilityProblems(container)).toEqual([]);
  await user.click(within(nav).getByRole("link", { name: "Documents" }));
  expect(button).toHaveAttribute("aria-expanded", "false");

  await user.click(button);
  within(nav).getByRole("link", { name: "Documents" }).focus();
  await user.keyboard("{Escape}");
  expect(button).toHaveAttribute("aria-expanded", "false");
  expect(button).toHaveFocus();

  await user.click(button);
  await user.click(screen.getByRole("heading", { level: 1 }));
  expect(button).toHaveAttribute("aria-expanded", "false");
});
