import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildContract, projectRoot } from "./build-contract.ts";
import { findBreaksSinceKept, findStale } from "./check-contract.ts";

/*
 * npm run contract             writes the published contract from the source
 * npm run contract -- --check  says what is not current, and what breaks one that a version published
 */

const { values } = parseArgs({ options: { check: { type: "boolean" } } });

if (values.check) {
  const stale = (await findStale()).map((path) => `${path} is not current: npm run contract`);
  const breaks = findBreaksSinceKept().map((text) => `breaks those who go by ${text}`);
  const faults = [...stale, ...breaks];
  console.log(faults.length === 0 ? "the contract is current, and adds to every one published" : faults.join("\n"));
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const [path, content] of await buildContract()) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), content);
    console.log(`wrote ${path}`);
  }
}
