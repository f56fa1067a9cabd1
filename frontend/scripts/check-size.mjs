// The first view of the landing page: its entry, everything that entry imports statically,
// and the larger of the two message catalogues.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 120;
const ALWAYS = ["index.html"];
const ONE_OF = ["src/shared/i18n/locales/en.po", "src/shared/i18n/locales/es.po"];

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** The files of a chunk and of all that it imports statically. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no chunk ${key}: correct the list in check-size.mjs.`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000;
const total = (keys) => {
  const files = new Set(keys.flatMap((key) => [...filesOf(key)]));
  return [...files].reduce((sum, file) => sum + gzipped(file), 0);
};

const size = Math.max(...ONE_OF.map((catalogue) => total([...ALWAYS, catalogue])));
console.log(`Landing page, first view: ${size.toFixed(1)} kB of JavaScript (limit ${LIMIT_KB}).`);
if (size >= LIMIT_KB) process.exitCode = 1;
