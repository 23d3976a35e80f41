import { type BenchResult, measuredOf } from "#bench/result.ts";
import { figure } from "./format-table.ts";
import type { StoredReport } from "./results-folder.ts";

/**
 * One figure of two runs; null: that run has none of this name. As shares: how far apart they lie, and how far they may, which is
 * what the first run said that it spreads.
 */
export type Agreement = { name: string; first: number | null; second: number | null; apart: number; mayBe: number };

type Run = { machine: string; rounds: number; scale: number };

/**
 * The stored reports of the benches that are run again, at that scale. Throws where one was measured otherwise, with other rounds
 * or on another machine: the two could not be held against each other.
 */
export function comparableReports(
  stored: readonly StoredReport[],
  benches: readonly string[],
  now: Run,
): StoredReport[] {
  return benches.map((bench) => {
    const known = stored.filter((report) => report.bench === bench);
    const found = known.find(({ scale }) => scale === now.scale);
    if (found === undefined) {
      throw new Error(`${bench}: nothing is stored at scale ${now.scale} (${known.length} at others)`);
    }
    for (const what of ["rounds", "machine"] as const) {
      if (found[what] !== now[what]) {
        throw new Error(`${bench}: stored with ${what} ${found[what]}, run with ${now[what]}: they cannot be compared`);
      }
    }
    return found;
  });
}

/** Holds a run against an earlier one, by name, each figure by what its limit is on. What only one of them has is in it, too. */
export function compareRuns(earlier: readonly BenchResult[], later: readonly BenchResult[]): Agreement[] {
  const before = new Map(earlier.map((result) => [result.name, result]));
  const after = new Map(later.map((result) => [result.name, result]));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const [known, found] = [before.get(name), after.get(name)];
    const first = known === undefined ? null : measuredOf(known);
    const second = found === undefined ? null : measuredOf(found);
    return { name, first, second, apart: apartOf(first, second), mayBe: known?.spread ?? 0 };
  });
}

function apartOf(first: number | null, second: number | null): number {
  if (first === null || second === null) {
    return Number.POSITIVE_INFINITY;
  }
  return first === second ? 0 : Math.abs(second / first - 1);
}

export const isAgreed = ({ apart, mayBe }: Agreement) => apart <= mayBe;

/** Whether two runs are the same: every figure is, and there is one at all. */
export const areAgreed = (agreements: readonly Agreement[]) => agreements.length > 0 && agreements.every(isAgreed);

/** Rows of text for `formatTable`; the first row is the headings. */
export function agreementRows(agreements: readonly Agreement[]): string[][] {
  const percent = (share: number) => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : "");
  const cell = (value: number | null) => (value === null ? "" : figure(value));
  return [
    ["figure", "stored", "now", "apart", "may be", ""],
    ...agreements.map((one) => [
      one.name,
      cell(one.first),
      cell(one.second),
      percent(one.apart),
      percent(one.mayBe),
      verdictOf(one),
    ]),
  ];
}

function verdictOf(agreement: Agreement): string {
  if (agreement.first === null) {
    return "not stored";
  }
  if (agreement.second === null) {
    return "not measured";
  }
  return isAgreed(agreement) ? "agrees" : "differs";
}
