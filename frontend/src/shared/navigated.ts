import { createStore } from "@/shared/store";

/** True once the person went from one page of the app to another, without loading it anew. */
export const navigated = createStore(false);
