// Runs before the scripts a newcomer may type first: installs what the lockfile pins, once per lockfile.
// Plain JavaScript without packages, because the Node that runs it may be older than the project's own.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function modifiedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (modifiedAt("node_modules/.package-lock.json") < modifiedAt("package-lock.json")) {
  console.error("installing the packages that package-lock.json pins ...");
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ["npm"];
  const { status } = spawnSync(command, [...first, "ci", "--loglevel=error"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    console.error("npm ci failed; the project needs its packages to go on.");
    process.exit(1);
  }
}

const node = spawnSync("node", ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "none";
if (!/^v2[4-9]\.|^v[3-9]\d\./.test(node)) {
  console.error(
    `Node 24 or newer is needed, found ${node}: install it, or use Linux, where it comes with the packages.`,
  );
  process.exit(1);
}
