import { waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeEventSource } from "@/testing/fake-event-source";
import { followTogether } from "./follow-together";
import type { News } from "./news";

/** As the browser keeps them: one holds a lock, the others wait for it in a row. */
class FakeLocks {
  private readonly rows = new Map<string, Promise<unknown>>();

  request(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) {
    const before = this.rows.get(name) ?? Promise.resolve();
    const turn = before.then(() => {
      if (signal.aborted) throw signal.reason;
      return work();
    });
    this.rows.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

const stops: (() => void)[] = [];

function tab(person = "mar") {
  const news: News[] = [];
  const stop = followTogether(person, (each) => news.push(each));
  stops.push(stop);
  return { news, stop };
}

const hide = (hidden: boolean) => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(hidden ? "hidden" : "visible");
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { locks: new FakeLocks() }));
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("all tabs hear what one of them is told", async () => {
  const { made, latest } = fakeEventSource();
  const first = tab();
  const second = tab();
  await waitFor(() => {
    expect(made).toHaveLength(1);
  });
  latest().open();
  latest().tell("documents", { id: "a", kind: "saved" }, "7");

  const expected = [{ name: "documents", id: "7", data: { id: "a", kind: "saved" } }];
  await waitFor(() => {
    expect([first.news, second.news]).toEqual([expected, expected]);
  });
  expect(made).toHaveLength(1);
});

test("when the tab that listens goes, another one goes on where it was", async () => {
  const { made, latest } = fakeEventSource();
  const first = tab();
  const second = tab();
  await waitFor(() => {
    expect(made).toHaveLength(1);
  });
  latest().open();
  latest().tell("documents", { id: "a" }, "7");
  await waitFor(() => {
    expect(second.news).toHaveLength(1);
  });
  first.stop();

  await waitFor(() => {
    expect(made).toHaveLength(2);
  });
  expect(made[0]?.isOpen).toBe(false);
  expect(latest().url).toBe("/api/account/events?last_event_id=7");
  latest().tell("documents", { id: "b" }, "8");
  expect(second.news).toHaveLength(2);
  expect(first.news).toHaveLength(1);
});

test("another person in another tab hears nothing of it", async () => {
  const { made } = fakeEventSource();
  const mar = tab("mar");
  const ada = tab("ada");
  await waitFor(() => {
    expect(made).toHaveLength(2);
  });
  made[0]?.tell("documents", { id: "a" }, "7");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([mar.news.length, ada.news.length]).toEqual([1, 0]);
});

test("where tabs cannot agree, each one listens while it is seen", () => {
  vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
  const { made, latest } = fakeEventSource();
  const { news } = tab();
  expect(made).toHaveLength(1);
  latest().tell("documents", { id: "a" }, "7");
  hide(true);
  expect(latest().isOpen).toBe(false);
  hide(false);
  expect(made).toHaveLength(2);
  expect(latest().url).toBe("/api/account/events?last_event_id=7");
  expect(news).toHaveLength(1);
});

test("a stream that breaks off is opened again, less and less often, and goes on where it was", () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
  const { made, latest } = fakeEventSource();
  tab();
  latest().open();
  latest().tell("documents", { id: "a" }, "7");
  for (const [count, pause] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    latest().fail();
    vi.advanceTimersByTime(pause - 1);
    expect(made).toHaveLength(count + 1);
    vi.advanceTimersByTime(1);
    expect(made).toHaveLength(count + 2);
    expect(latest().url).toBe("/api/account/events?last_event_id=7");
  }
  latest().tell("documents", { id: "b" }, "8");
  latest().fail();
  vi.advanceTimersByTime(1_000);
  expect(latest().url).toBe("/api/account/events?last_event_id=8");
});

test("when the network is back nobody waits", () => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
  const { made, latest } = fakeEventSource();
  tab();
  latest().fail();
  window.dispatchEvent(new Event("online"));
  expect(made).toHaveLength(2);
  window.dispatchEvent(new Event("online"));
  expect(made).toHaveLength(2);
});

test("who was cut off before anything was told fetches everything anew", () => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
  const { latest } = fakeEventSource();
  const { news } = tab();
  latest().open();
  latest().fail();
  vi.advanceTimersByTime(1_000);
  latest().open();
  expect(news.map(({ name }) => name)).toEqual(["reset"]);
});

test.each(["signed-out", "elsewhere", "everywhere", "suspended", "expired"])(
  "after the end for the reason %s nobody comes again",
  (reason) => {
    vi.useFakeTimers();
    vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
    const { made, latest } = fakeEventSource();
    const { news } = tab();
    latest().open();
    latest().tell("end", { reason });
    latest().fail();
    window.dispatchEvent(new Event("online"));
    vi.advanceTimersByTime(120_000);
    expect(made).toHaveLength(1);
    expect(news).toEqual([{ name: "end", id: "", data: { reason } }]);
  },
);

test.each([
  ["changed", 1_000],
  ["replaced", 1_000],
  ["leaving", 1_000],
  ["crowded", 60_000],
])("after the end for the reason %s it comes again within %i ms", (reason, pause) => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.stubGlobal("navigator", Object.create(null, { onLine: { value: true } }));
  const { made, latest } = fakeEventSource();
  tab();
  latest().open();
  latest().tell("end", { reason });
  vi.advanceTimersByTime(pause - 1);
  expect(made).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(made).toHaveLength(2);
});
