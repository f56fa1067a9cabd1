import { vi } from "vitest";

/** Stands in for the browser's: a test opens it, lets it tell something, breaks it off. */
export class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static made: FakeEventSource[] = [];

  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeEventSource.made.push(this);
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
  }

  get isOpen(): boolean {
    return this.readyState !== FakeEventSource.CLOSED;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  tell(name: string, data: object, id = ""): void {
    if (!this.isOpen) return;
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId: id }));
  }

  /** The connection is gone, or the answer was no stream. */
  fail({ refused = false } = {}): void {
    if (refused) this.close();
    this.onerror?.();
  }
}

/** From now on the app finds an EventSource. */
export function fakeEventSource(): { made: FakeEventSource[]; latest: () => FakeEventSource } {
  FakeEventSource.made = [];
  vi.stubGlobal("EventSource", FakeEventSource);
  return {
    made: FakeEventSource.made,
    latest: () => {
      const latest = FakeEventSource.made.at(-1);
      if (!latest) throw new Error("No stream was opened");
      return latest;
    },
  };
}
