import { expect, test } from "vitest";
import { roundUp } from "./round-up";

test.each([
  [0, 2],
  [1, 2],
  [3, 4],
  [8, 8],
  [9, 10],
  [10, 10],
  [11, 20],
  [23, 30],
  [99, 100],
  [101, 200],
  [1234, 2000],
])("a scale for %i ends at %i", (most, end) => {
  expect(roundUp(most)).toBe(end);
  expect(Number.isInteger(end / 2)).toBe(true);
});
