import { expect, test } from "vitest";
import { withoutMarks } from "./cite";

test.each([
  ["Soup [1].", "Soup."],
  ["Soup [1][2], and [3, 4] more [5-7].", "Soup, and more."],
  ["Soup【7†source】.", "Soup."],
  ["Soup [^9].", "Soup."],
  ["Of [1999] and [sic] and array[i].", "Of [1999] and [sic] and array[i]."],
])("%s", (said, shown) => {
  expect(withoutMarks(said)).toBe(shown);
});
