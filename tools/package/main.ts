import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPackage } from "./build-package.ts";

/*
 * npm run package                  the package for listeners, as dist/blocket-bridge-<version>.tgz
 * npm run package -- --to FOLDER   the same, in another folder
 */

const { values } = parseArgs({
  options: { to: { type: "string", default: resolve(import.meta.dirname, "../../dist") } },
});

const folder = join(resolve(values.to), "package");
await buildPackage(folder);
const npm = process.env.npm_execpath;
const [command, ...first] = npm === undefined ? ["npm"] : [process.execPath, npm];
const pack = ["pack", folder, "--pack-destination", resolve(values.to), "--loglevel=error"];
const { status } = spawnSync(command as string, [...first, ...pack], { stdio: "inherit" });
process.exitCode = status ?? 1;
