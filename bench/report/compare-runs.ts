import type { BenchResult } from "#bench/result.ts";
import { figure } from "./format-table.ts";

/** One figure of two runs, as shares: how far apart they lie, and how far they may, which is both spreads together. */
export type Agreement = { name: string; first: number; second: number; apart: number; mayBe: number };

/** Holds a run against an earlier one, by name: ratios, and our own figure where there is none. What is only in one is left out. */
export function compareRuns(earlier: readonly BenchResult[], later: readonly BenchResult[]): Agreement[] {
  const before = new Map(earlier.map((result) => [result.name, result]));
  return later.flatMap((result) => {
    const known = before.get(result.name);
    if (known === undefined) {
      return [];
    }
    const [first, second] = [comparable(known), comparable(result)];
    const apart = first === second ? 0 : Math.abs(second / first - 1);
    return [{ name: result.name, first, second, apart, mayBe: known.spread + result.spread }];
  });
}

export const isAgreed = ({ apart, mayBe }: Agreement) => apart <= mayBe;

/** Rows of text for `formatTable`; the first row is the headings. */
export function agreementRows(agreements: readonly Agreement[]): string[][] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    ["figure", "stored", "now", "apart", "may be", ""],
    ...agreements.map((one) => [
      one.name,
      figure(one.first),
      figure(one.second),
      percent(one.apart),
      percent(one.mayBe),
      isAgreed(one) ? "agrees" : "differs",
    ]),
  ];
}

function comparable({ ratio, ours }: BenchResult): number {
  return ratio ?? ours;
}
