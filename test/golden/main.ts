import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { keepVersion, keptVersions, readAgain } from "./kept-versions.ts";

/*
 * npm run golden                  keeps what this version writes into queues, table and secrets, and its contract (version: package.json)
 * npm run golden -- --read-again  writes anew what today's code makes of every kept version; the files themselves stay
 */
const { values } = parseArgs({ options: { "read-again": { type: "boolean", default: false } } });
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));

try {
  if (values["read-again"]) {
    await Promise.all(keptVersions().map(readAgain));
    process.stdout.write(`read ${keptVersions().join(", ")} again: look at what git says has changed\n`);
  } else {
    await keepVersion(version);
    process.stdout.write(`kept what version ${version} writes\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
