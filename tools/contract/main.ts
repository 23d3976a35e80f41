import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildContract, projectRoot } from "./build-contract.ts";
import { type Comparison, findBreaksOfHistory, findBreaksSince, findStale } from "./check-contract.ts";

/*
 * npm run contract                        writes the published contract from the source
 * npm run contract -- --check             says what is not current, and what breaks the one before its last change
 * npm run contract -- --check --since X   the same against another commit
 */

const { values } = parseArgs({ options: { check: { type: "boolean" }, since: { type: "string" } } });

if (values.check) {
  const stale = (await findStale()).map((path) => `${path} is not current: npm run contract`);
  const { breaks, notCompared }: Comparison =
    values.since === undefined ? findBreaksOfHistory() : { breaks: findBreaksSince(values.since) };
  const faults = [...stale, ...breaks.map((text) => `breaks those who go by an earlier one: ${text}`)];
  const praise =
    notCompared === undefined ? "and adds to the one before" : `and was compared with no earlier one: ${notCompared}`;
  console.log(faults.length === 0 ? `the contract is current, ${praise}` : faults.join("\n"));
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const [path, content] of await buildContract()) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), content);
    console.log(`wrote ${path}`);
  }
}
