import { type Bench, isKept } from "#bench/result.ts";
import { printReport } from "./print-report.ts";
import { readOptions } from "./read-options.ts";

/** Runs one bench as a program of its own: prints what it found, and exits with 1 when a limit is missed. Stores nothing. */
export async function runAlone(bench: Bench): Promise<void> {
  const { rounds, scale } = readOptions(process.argv.slice(2));
  const report = await bench.run({ rounds, scale });
  printReport(report);
  process.exitCode = report.results.every(isKept) ? 0 : 1;
}
