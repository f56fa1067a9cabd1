import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { appCatalogue } from "@/app/catalogue";
import { activateLocale, addCatalogue } from "@/shared/i18n/locale";
import { leaving } from "@/shared/session/leaving";
import { sentOut } from "@/shared/session/sent-out";
import { sessionEnded } from "@/shared/session/session-ended";
import { followed } from "@/shared/signed-in/jobs/followed";

// The code of a page is loaded when it is first opened, which takes a moment on a busy machine.
configure({ asyncUtilTimeout: 60_000 });

// What jsdom lacks and the app's libraries ask for.
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
Object.defineProperty(document, "fonts", { value: new EventTarget() });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
globalThis.ResizeObserver = class {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
};
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

addCatalogue(appCatalogue);
beforeEach(() => activateLocale("en"));

afterEach(() => {
  cleanup();
  localStorage.clear();
  leaving.set(false);
  sessionEnded.set(false);
  sentOut.set(null);
  followed.set([]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
