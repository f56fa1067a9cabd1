// Writes src/shared/api/<service>.gen.ts from contracts/<service>.openapi.json.
// With --check it writes nothing and fails when a committed file differs.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const contracts = new URL("../../contracts/", import.meta.url);
const target = new URL("../src/shared/api/", import.meta.url);
const checking = process.argv.includes("--check");

const header = (name) => `// Generated from contracts/${name} by \`npm run generate\`.\n\n`;

const differing = [];
const names = (await readdir(contracts)).filter((name) => name.endsWith(".openapi.json"));
for (const name of names) {
  const types = header(name) + astToString(await openapiTS(new URL(name, contracts)));
  const file = new URL(`${basename(name, ".openapi.json")}.gen.ts`, target);
  const committed = await readFile(file, "utf8").catch(() => "");
  if (types === committed) continue;
  differing.push(fileURLToPath(file));
  if (!checking) await writeFile(file, types);
}

if (names.length === 0) {
  console.error("No contract found in contracts/.");
  process.exitCode = 1;
} else if (checking && differing.length > 0) {
  console.error(`Out of step with contracts/, run \`npm run generate\`:\n${differing.join("\n")}`);
  process.exitCode = 1;
}
