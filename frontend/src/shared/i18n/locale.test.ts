import { afterEach, expect, test, vi } from "vitest";
import { dateLocale } from "./locale";

afterEach(() => {
  vi.restoreAllMocks();
});

test("dates follow the person's country where the browser tells it for the chosen language", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-AT", "en-GB", "en"]);
  expect(dateLocale("en")).toBe("en-GB");
  expect(dateLocale("es")).toBe("es");
});
