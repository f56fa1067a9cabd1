import { isSentOut, type News } from "./news";

const PATH = "/api/account/events";
const NAMES = ["documents", "job", "session", "budget", "reset", "end"] as const;

/** Seconds: what was fetched while the first stream was being opened may be older than its beginning. */
const RECENT = 10;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** The person has opened ten newer ones elsewhere: this one does not push them out. */
const CROWDED_PAUSE = 60_000;

type Handle = (news: News) => void;

function parse(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Half of it at least, and not everybody at one moment. */
const spread = (pause: number) => pause * (0.5 + Math.random() / 2);

/**
 * One stream, opened again whenever it breaks off: after a second at first, later less and less often. It goes on after
 * `lastId` if that is known. Returns how to close it.
 */
export function openEventStream(handle: Handle, lastId = ""): () => void {
  let last = lastId;
  let failures = 0;
  let opened = false;
  let closed = false;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    timer = undefined;
    const where = last ? `last_event_id=${last}` : `recent=${RECENT}`;
    const stream = new EventSource(`${PATH}?${where}`);
    source = stream;
    stream.onopen = () => {
      // Cut off before it had told any number: nobody knows what was missed.
      if (opened && !last) handle({ name: "reset", id: "", data: {} });
      opened = true;
    };
    for (const name of NAMES) {
      stream.addEventListener(name, (event: MessageEvent) => {
        failures = 0;
        last = event.lastEventId || last;
        const news: News = { name, id: last, data: parse(event.data) };
        if (name === "end") ended(news);
        handle(news);
      });
    }
    stream.onerror = () => {
      if (closed) return;
      // An answer that is no stream: perhaps the session is over.
      const refused = stream.readyState === EventSource.CLOSED;
      again(Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE));
      failures += 1;
      if (refused) handle({ name: "refused", id: last, data: {} });
    };
  }

  function ended({ data }: News) {
    if (isSentOut(data.reason)) close();
    else again(data.reason === "crowded" ? CROWDED_PAUSE : FIRST_PAUSE);
  }

  function again(pause: number) {
    source?.close();
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(connect, spread(pause));
  }

  /** The network is back, or somebody looks: then nobody waits for the end of a pause. */
  function hurry() {
    if (timer === undefined || document.visibilityState === "hidden") return;
    clearTimeout(timer);
    connect();
  }

  function close() {
    closed = true;
    source?.close();
    clearTimeout(timer);
    window.removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
  }

  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  connect();
  return close;
}
