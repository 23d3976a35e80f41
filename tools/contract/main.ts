import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildContract, projectRoot } from "./build-contract.ts";
import { findBreaksSince, findStale } from "./check-contract.ts";

/*
 * npm run contract                        writes the published contract from the source
 * npm run contract -- --check             says what is not current, and what breaks the one last committed
 * npm run contract -- --check --since X   the same against another commit
 */

const { values } = parseArgs({ options: { check: { type: "boolean" }, since: { type: "string", default: "HEAD" } } });

if (values.check) {
  const stale = findStale().map((path) => `${path} is not current: npm run contract`);
  const breaks = findBreaksSince(values.since).map((text) => `breaks those who go by ${values.since}: ${text}`);
  const faults = [...stale, ...breaks];
  console.log(faults.length === 0 ? "the contract is current, and adds to the one before" : faults.join("\n"));
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const [path, content] of buildContract()) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), content);
    console.log(`wrote ${path}`);
  }
}
