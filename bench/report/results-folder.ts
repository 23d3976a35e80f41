import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { resolve } from "node:path";
import type { BenchOptions, BenchReport } from "#bench/result.ts";

/** A report as it lies in `bench/results`: with where and when it was measured, and how thoroughly. */
export type StoredReport = BenchReport & { measuredAt: string; machine: string; rounds: number; scale: number };

const folder = resolve(import.meta.dirname, "..", "results");

/** What this process runs on, as reports tell it. */
export function thisMachine(): string {
  return `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** In a file of its own for each scale. */
export function storeReport(report: BenchReport, { rounds, scale }: BenchOptions): void {
  const measuredAt = new Date().toISOString();
  const stored: StoredReport = { ...report, measuredAt, machine: thisMachine(), rounds, scale };
  mkdirSync(folder, { recursive: true });
  const name = scale === 1 ? report.bench : `${report.bench}-${scale}`;
  writeFileSync(resolve(folder, `${name}.json`), `${JSON.stringify(stored, null, 2)}\n`);
}

/** All that was stored, the smallest scale first, then by the name of the bench. */
export function loadReports(): StoredReport[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files
    .map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as StoredReport)
    .sort((a, b) => a.scale - b.scale || a.bench.localeCompare(b.bench));
}
