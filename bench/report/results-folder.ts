import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { resolve } from "node:path";
import type { BenchReport } from "#bench/result.ts";

/** A report as it lies in `bench/results`: with where and when it was measured, and how thoroughly. */
export type StoredReport = BenchReport & { measuredAt: string; machine: string; rounds: number; scale: number };

const folder = resolve(import.meta.dirname, "..", "results");

export function storeReport(report: BenchReport, { rounds, scale }: { rounds: number; scale: number }): void {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const stored: StoredReport = { ...report, measuredAt: new Date().toISOString(), machine, rounds, scale };
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, `${report.bench}.json`), `${JSON.stringify(stored, null, 2)}\n`);
}

/** All that was stored, by the name of the bench. */
export function loadReports(): Map<string, StoredReport> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const reports = files.map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as StoredReport);
  return new Map(reports.map((report) => [report.bench, report]));
}
