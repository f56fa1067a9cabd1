import { Problem } from "./problem";

const LATE = new Problem(504, { type: "/docs/errors/timeout" });

/** Waits no longer than that: whoever answers late is told as such, though nothing on the way has noticed. */
export async function inTime<T>(
  seconds: number,
  signal: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new Patience(signal);
  patience.wait(seconds);
  try {
    return await ask(patience.signal);
  } catch (cause) {
    throw patience.over ? LATE : cause;
  } finally {
    patience.end();
  }
}

/** A signal that ends when another does, or when nothing has come for too long. */
export class Patience {
  private readonly aborting = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly pass = () => {
    this.aborting.abort();
  };
  /** Whether it ended because it took too long. */
  over = false;

  constructor(private readonly outer: AbortSignal | undefined) {
    if (outer?.aborted) this.pass();
    outer?.addEventListener("abort", this.pass);
  }

  get signal(): AbortSignal {
    return this.aborting.signal;
  }

  /** From now on so many seconds. */
  wait(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.over = true;
      this.aborting.abort();
    }, seconds * 1000);
  }

  end(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener("abort", this.pass);
  }

  /** What a failure was, seen from whoever waited. */
  told(cause: unknown): unknown {
    if (this.over) return LATE;
    return cause instanceof DOMException && cause.name === "AbortError" ? cause : new Problem(0);
  }
}
