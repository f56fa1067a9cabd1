import type { SentOut } from "@/shared/live/news";
import { createStore } from "@/shared/store";

/** Why this browser was sent out while the app was open; null while it was not. */
export const sentOut = createStore<SentOut | null>(null);
