import { createMemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { navigated, watchNavigation } from "./navigated";

test("a page that is loaded again is no navigation, the next page is, and the way back", async () => {
  const router = createMemoryRouter([{ path: "*", element: null }], {
    initialEntries: [{ pathname: "/app", key: "from-before" }],
  });
  watchNavigation(router);
  await router.revalidate();
  expect(navigated.get()).toBe(false);

  await router.navigate("/app/account");
  expect(navigated.get()).toBe(true);

  await router.navigate(-1);
  expect(navigated.get()).toBe(true);
});
