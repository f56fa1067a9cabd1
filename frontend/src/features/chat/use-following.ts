import { useEffect, useRef } from "react";
import type { Conversation } from "./conversation";

const NEAR = 240; // pixels: who has scrolled further up is reading something else

/** Keeps in view what is being written, until the person scrolls up. */
export function useFollowing({ turns }: Conversation): void {
  const last = turns.at(-1);
  const followed = useRef(last?.id);

  useEffect(() => {
    if (last?.state !== "writing") return;
    const page = document.documentElement;
    const below = page.scrollHeight - window.innerHeight - window.scrollY;
    if (last.id !== followed.current || below < NEAR) window.scrollTo({ top: page.scrollHeight });
    followed.current = last.id;
  }, [last]);
}
