import { createStore } from "@/shared/store";

/** True once a request was answered 401 to a person who was signed in a moment ago. */
export const sessionEnded = createStore(false);
