import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakePlatform, json, member, oneDocument, problem } from "@/testing/fake-platform";
import { renderApp } from "@/testing/render-app";

test.each(["/app/ai", "/app/ai/search?q=door", "/app/ai/jobs", "/app/ai/usage"])(
  "where there is no AI service %s says so, and offers nothing that fails",
  async (path) => {
    fakePlatform({
      ...oneDocument,
      "GET /api/account": () => json({ ...member, permissions: [...member.permissions, "ai:use"] }),
      "GET /api/ai/usage": () => problem(404, "not-found"),
    });
    renderApp(path);
    expect(await screen.findByRole("heading", { name: "There is no AI here" })).toBeVisible();
    expect(screen.getByText(/has turned its AI service off/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
  },
);
