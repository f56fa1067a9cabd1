import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakePlatform, gazpacho, json, oneDocument } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

// The first sign is one character for the service, and two for JavaScript.
const body = "🍅 first\n\n## Second\n\n- third *item*\n- fourth\n";
const open = (passage: string) => {
  fakePlatform({
    ...oneDocument,
    [`GET /api/documents/${gazpacho.id}`]: () => json({ ...gazpacho, body }, { ETag: '"1"' }),
  });
  return renderApp(`/app/documents/${gazpacho.id}?passage=${passage}`);
};

test("a document opens at the passage that its address names", async () => {
  const start = Array.from(body).join("|").split("|").indexOf("t", 18);
  open(`${start}-${start + 5}`);

  const item = await screen.findByText(/^third/);
  expect(item).toHaveClass(/place/);
  expect(item).toHaveFocus();
  expect(screen.getByText("fourth")).not.toHaveClass(/place/);
  expect(screen.getByText("🍅 first")).not.toHaveClass(/place/);
});

test.each(["", "x", "9-1", "99999-999999", "-1-5"])(
  "of a wrong one (%s) nothing comes",
  async (passage) => {
    open(passage);
    expect(await screen.findByText("fourth")).not.toHaveClass(/place/);
    expect(document.getElementById("passage")).toBeNull();
  },
);
