import createClient from "openapi-fetch";
import type { paths as AiPaths } from "./ai.gen";
import type { paths as BackendPaths } from "./backend.gen";
import type { paths as DocumentsPaths } from "./documents.gen";

// Same origin only; the browser adds the session cookie, which no script can read.
const options = {
  baseUrl: window.location.origin,
  fetch: (request: Request) => globalThis.fetch(request),
};

export const backend = createClient<BackendPaths>(options);
export const documents = createClient<DocumentsPaths>(options);
export const ai = createClient<AiPaths>(options);
