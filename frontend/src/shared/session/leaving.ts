import { createStore } from "@/shared/store";

/** True while a sign-out leads away: no page may hold the person back to ask about unsaved text. */
export const leaving = createStore(false);
