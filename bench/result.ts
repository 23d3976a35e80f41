/** One line of the table that `npm run bench` prints, and of `bench/results/<bench>.json`. */
export type BenchResult = {
  /** Stable, unique among all benches: `<bench>.<figure>`, such as `bundle.receive` or `poll.reads-per-ad`. */
  name: string;
  /** What was measured, in a few words, as the table says it. */
  what: string;
  /** What one types to measure it alone: `npm run bench:bundle`. */
  command: string;
  /** Our figure and the reference's, medians of interleaved rounds, in `unit`. No reference: null. */
  ours: number;
  reference: number | null;
  /** Which reference that is: `B`, `P`, `N`, `floor`, `fetch`. */
  against: string | null;
  /** `ours / reference`; null without a reference. */
  ratio: number | null;
  /** The most that is allowed, of the ratio or of our own figure. Null: only printed. */
  limit: number | null;
  limitOn: "ratio" | "ours";
  /** `KB`, `ms`, `µs`, `GETs per ad`, `USD` ... */
  unit: string;
  /**
   * Of what the limit is on: how far another run may be from this one, as a share of it; of what is timed 0.02 at least
   * (`spreadOf`). 0: exact, and the same in every run.
   */
  spread: number;
  /** How a figure was come by, or why a limit was missed and what would reach it. Empty: nothing to say. */
  note: string;
};

/** A line or bar plot of `docs/performance/<name>.svg`. `x` is a number, or a word for a bar. */
export type Plot = {
  name: string;
  title: string;
  kind: "lines" | "bars";
  xLabel: string;
  yLabel: string;
  /** Logarithmic axes; for lines only. */
  logX?: boolean;
  logY?: boolean;
  series: { name: string; points: { x: number | string; y: number }[] }[];
};

/** A table of details below the result lines: what each dependency weighs, cost per part. First row: headings. */
export type DetailTable = { name: string; title: string; rows: (string | number)[][] };

/** What one bench hands back, and what its JSON file holds, with where and when it ran added by whoever writes it. */
export type BenchReport = { bench: string; results: BenchResult[]; tables?: DetailTable[]; plots?: Plot[] };

/** `rounds` scales repeated measurements (1 = as published, 0.2 = a quick look), `scale` the work (1, 10, 100). */
export type BenchOptions = { rounds: number; scale: number };

/** What `bench/<name>/bench.ts` exports as `bench`; `bench/<name>/main.ts` runs it alone. */
export type Bench = { name: string; run(options: BenchOptions): Promise<BenchReport> };

/** The figure that the limit, and the spread, is on. Our own where there is no reference. */
export function measuredOf({ limitOn, ratio, ours }: BenchResult): number {
  return limitOn === "ratio" && ratio !== null ? ratio : ours;
}

/** Whether the limit is kept. What has none is. */
export function isKept({ limit, limitOn, ratio, ours }: BenchResult): boolean {
  const measured = limitOn === "ratio" ? ratio : ours;
  return limit === null || (measured !== null && measured <= limit);
}
