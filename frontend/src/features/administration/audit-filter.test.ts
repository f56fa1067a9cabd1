import { expect, test } from "vitest";
import { filledIn, filterOf, formOf } from "./audit-filter";

const empty = { person: "", action: "", request_id: "", from: "", to: "" };

test("both days count in full, where the person is", () => {
  const { since, until } = filterOf({ ...empty, from: "2026-03-28", to: "2026-03-28" });
  expect(since).toBe(new Date(2026, 2, 28).toISOString());
  expect(until).toBe(new Date(2026, 2, 29).toISOString());
});

test("what is empty is not asked for", () => {
  expect(filterOf({ ...empty, person: " mar@demo.example " })).toEqual({
    person: "mar@demo.example",
  });
  expect(filledIn({ ...empty, action: "token." })).toEqual({ action: "token." });
});

test("an address with something that is no day leaves the time open", () => {
  expect(formOf(new URLSearchParams("from=yesterday&to=2026-13-45&person=x"))).toEqual({
    ...empty,
    person: "x",
  });
});
