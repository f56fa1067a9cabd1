import { openEventStream } from "./event-stream";
import type { News } from "./news";

const NAME = "zaguan-live";

interface Letter {
  person: string;
  news: News;
}

/**
 * Follows what changes for a person, with one stream for all tabs of this browser, as it opens no more than six
 * connections to one host: the tab that holds the lock has it and tells the others. When that tab goes, the lock goes to
 * another one, which goes on where the first was. Returns how to stop.
 */
export function followTogether(person: string, handle: (news: News) => void): () => void {
  // Old browsers and some private windows have neither.
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return followWhileSeen(handle);

  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  let last = "";

  function take(news: News) {
    last = news.id || last;
    handle(news);
  }

  channel.onmessage = ({ data }: MessageEvent<Letter>) => {
    if (data.person === person) take(data.news);
  };

  const lead = () =>
    new Promise<void>((resolve) => {
      const close = openEventStream((news) => {
        channel.postMessage({ person, news } satisfies Letter);
        take(news);
      }, last);
      leaving.signal.addEventListener("abort", () => {
        close();
        resolve();
      });
    });

  navigator.locks
    .request(`${NAME}:${person}`, { signal: leaving.signal }, lead)
    .catch((error: unknown) => {
      // Stopped while it waited for its turn.
      if (!leaving.signal.aborted) throw error;
    });

  return () => {
    leaving.abort();
    channel.close();
  };
}

/** Without a way to share one: a stream of its own, while the tab is seen. */
function followWhileSeen(handle: (news: News) => void): () => void {
  let last = "";
  let close: (() => void) | undefined;

  function look() {
    const seen = document.visibilityState !== "hidden";
    if (seen && !close) {
      close = openEventStream((news) => {
        last = news.id || last;
        handle(news);
      }, last);
    } else if (!seen) {
      close?.();
      close = undefined;
    }
  }

  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    close?.();
  };
}
