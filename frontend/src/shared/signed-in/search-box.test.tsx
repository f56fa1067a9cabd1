import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MantineProvider } from "@mantine/core";
import { createMemoryRouter, Link, RouterProvider, useSearchParams } from "react-router";
import { expect, test } from "vitest";
import { SearchBox } from "./search-box";

function People() {
  const [params, setParams] = useSearchParams();
  return (
    <>
      <SearchBox
        q={params.get("q") ?? ""}
        label="Search"
        onSearch={(q) => {
          setParams({ q }, { replace: true });
        }}
      />
      <Link to="/mar">Mar</Link>
    </>
  );
}

test("who types and then follows a link, whose page takes its time to come, gets there", async () => {
  const arrive = async () => {
    await new Promise((pause) => setTimeout(pause, 900)); // longer than what was typed is waited for
    return { Component: () => <h1>Mar</h1> };
  };
  const router = createMemoryRouter([
    { path: "/", Component: People },
    { path: "/mar", lazy: arrive },
  ]);
  render(
    <MantineProvider>
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  const user = userEvent.setup();
  await user.type(screen.getByRole("searchbox"), "mar");
  await user.click(screen.getByRole("link", { name: "Mar" }));
  expect(await screen.findByRole("heading", { name: "Mar" })).toBeVisible();
});
