import { browserStorage } from "@/shared/browser-storage";

// Lets the landing page offer "Open my documents" without asking the server about every visitor.
// It is no proof of anything: the server decides when the page is opened.
const KEY = "zaguan-signed-in";

export const signedInHint = {
  get: (): boolean => browserStorage.get(KEY) === "yes",
  keep: (): void => void browserStorage.set(KEY, "yes"),
  drop: (): void => {
    browserStorage.remove(KEY);
  },
};
