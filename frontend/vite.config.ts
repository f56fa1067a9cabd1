import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { Connect, Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Which page answers which path; static.conf says the same to nginx. */
const serveEntry: Connect.NextHandleFunction = (request, _response, next) => {
  const path = request.url?.split("?")[0] ?? "/";
  if (/^\/(app|docs)(\/|$)/.test(path)) request.url = "/app.html";
  if (path === "/api/docs") request.url = "/api-docs.html";
  next();
};

const entries: Plugin = {
  name: "zaguan-entries",
  configureServer: (server) => void server.middlewares.use(serveEntry),
  configurePreviewServer: (server) => void server.middlewares.use(serveEntry),
};

export default defineConfig({
  plugins: [entries, react(), lingui({ macroTransform: true })],
  appType: "mpa",
  resolve: { alias: { "@": here("./src") } },
  build: {
    manifest: true,
    // The content security policy allows images as data: but no fonts: keep every asset a file.
    assetsInlineLimit: 0,
    // Only the API reference, loaded by who asks for it, is larger.
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: ["index.html", "app.html", "api-docs.html"].map((page) => here(`./${page}`)),
    },
  },
  server: {
    // The error pages live beside the app, in docs/.
    fs: { allow: [here("..")] },
    proxy: { "/api": "http://localhost:8080", "/auth": "http://localhost:8080" },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost/" } },
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
