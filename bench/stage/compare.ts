import type { BenchResult } from "#bench/result.ts";
import { median, spreadOf } from "./statistics.ts";

export type Comparison = Pick<BenchResult, "name" | "what" | "command" | "limit" | "unit"> & {
  against: string;
  /** One figure per round; round n of both was measured side by side. */
  ours: readonly number[];
  reference: readonly number[];
  note?: string;
};

/**
 * A result whose ratio is the median of the rounds' own ratios: what slows the machine down in a round slows both sides, and so
 * drops out. `spread` is that of these ratios.
 */
export function compare({ ours, reference, note = "", ...named }: Comparison): BenchResult {
  const ratios = ours.map((figure, round) => figure / (reference[round] ?? Number.NaN));
  return {
    ...named,
    ours: median(ours),
    reference: median(reference),
    ratio: median(ratios),
    limitOn: "ratio",
    spread: spreadOf(ratios),
    note,
  };
}

/** As many rounds as `share` of `full` is, three at least. */
export function roundsOf(full: number, share: number): number {
  return Math.max(3, Math.round(full * share));
}
