import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { BenchResult } from "#bench/result.ts";
import { isKept } from "#bench/result.ts";
import { writeDocuments } from "./docs/write-documents.ts";
import { agreementRows, areAgreed, comparableReports, compareRuns } from "./report/compare-runs.ts";
import { formatTable } from "./report/format-table.ts";
import { printReport } from "./report/print-report.ts";
import { readOptions } from "./report/read-options.ts";
import { loadReports, type StoredReport, storeReport, thisMachine } from "./report/results-folder.ts";
import { runApart } from "./run-apart.ts";

/*
 * `npm run bench`: every bench there is, or those that are named, one after the other and each in a process of its own, then one
 * table of all they found. What they found is stored in `bench/results`, and README.md, docs/performance.md and its plots are
 * written from that. `--quick` for a look and `--again` to compare with what is stored: these store and write nothing. Exits with
 * 1 when a bench fails, or with `--again` differs from what is stored; a limit that is missed is in the table, with its note.
 * `--again` says at once where what is stored was measured otherwise, and runs nothing.
 */

const { names, isAgain, ...options } = readOptions(process.argv.slice(2));
const isPublished = options.rounds >= 1 && !isAgain;
const benches = names.length > 0 ? names : benchNames();
const stored = isAgain ? storedReports() : [];
const results: BenchResult[] = [];
const failed: string[] = [];
for (const name of benches) {
  console.log(`\n== ${name}`);
  try {
    const report = await runApart(name, options);
    printReport(report);
    if (isPublished) {
      storeReport(report, options);
    }
    results.push(...report.results);
  } catch (error) {
    failed.push(name);
    console.error(error);
  }
}
console.log("\n== all");
printReport({ results });
const limited = results.filter(({ limit }) => limit !== null);
console.log(`\n${limited.filter(isKept).length} of ${limited.length} limits kept`);
if (isAgain) {
  const agreements = compareRuns(
    stored.flatMap((report) => report.results),
    results,
  );
  console.log(`\n${formatTable(agreementRows(agreements))}`);
  process.exitCode = areAgreed(agreements) ? 0 : 1;
}
if (isPublished) {
  console.log(`wrote ${writeDocuments().join(", ") || "nothing: all is current"}`);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

/** Of what is run again. Ends the program where it cannot be compared. */
function storedReports(): StoredReport[] {
  try {
    return comparableReports(loadReports(), benches, { ...options, machine: thisMachine() });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Folders with a `bench.ts`, the exact and the short ones first. */
function benchNames(): string[] {
  const first = ["bundle", "cold", "receive", "marketplace"];
  const all = readdirSync(import.meta.dirname).filter((name) =>
    existsSync(resolve(import.meta.dirname, name, "bench.ts")),
  );
  return [...first, ...all.filter((name) => !first.includes(name)).sort()];
}
