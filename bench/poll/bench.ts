import { bestReads } from "#bench/poll/best-reads.ts";
import type { Bench, BenchReport, BenchResult } from "#bench/result.ts";
import { mean, type Played, play } from "#bench/world/play.ts";
import { arrivals, type Change, upsertOf } from "#bench/world/stock.ts";
import { productionSettings } from "#cdk/stages.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import { makeRandom } from "#test/support/histories/random.ts";

const command = "npm run bench:poll";
const perSecond = 50;
/** Whole minutes of them, as the reference polls by the minute. */
const changesAtScale1 = { group: 6_000, single: 3_000 };
const singleTokens = 10_000;
/** Gaps that are tried with single-dealer tokens: in seconds, the least patient first. */
const productionGap = productionSettings.waits.readGapMs / 1_000;
const gaps = [productionGap, 14, 28, 31];
const budgets = [1, 2.5, 5, 10];

type Load = { changes: readonly Change[]; tokens: readonly string[][] };
type Figures = { gets: number; delayMs: number };

const figuresOf = ({ changes, gets, delaysMs }: Played): Figures => {
  if (delaysMs.length !== changes) {
    throw new Error(`${delaysMs.length} of ${changes} ads were told`);
  }
  return { gets: gets / changes, delayMs: mean(delaysMs) };
};

/** New ads, `perSecond` of them, dealt out to the dealers in turn. */
function loadOf(count: number, tokens: readonly string[][]): Load {
  const random = makeRandom(7);
  const dealers = tokens.flat();
  const changes = arrivals(count, perSecond, random.fraction).map((at, place) =>
    upsertOf({
      dealerCode: dealers[place % dealers.length] ?? "",
      place,
      id: `0198a1c2-7c1f-7f6e-b4f1-${String(place).padStart(12, "0")}`,
      at,
    }),
  );
  return { changes, tokens };
}

const group = (count: number) => loadOf(count, [Array.from({ length: 20 }, (_, place) => `D${place}`)]);
const singles = (count: number) =>
  loadOf(
    count,
    Array.from({ length: singleTokens }, (_, place) => [`D${place}`]),
  );

const naive = async (load: Load) => figuresOf(await play({ bridge: "naive", seed: 1, ...load }));
const ours = async (load: Load, tuning: { waits?: Partial<Waits>; maxReadsPerSecond?: number } = {}) =>
  figuresOf(await play({ bridge: "ours", seed: 1, ...load, tuning }));

async function run({ scale, rounds }: { scale: number; rounds: number }): Promise<BenchReport> {
  const isQuick = rounds < 1;
  const many = group(changesAtScale1.group * scale);
  const byBudget = new Map<number, Figures>();
  for (const budget of isQuick ? [5] : budgets) {
    byBudget.set(budget, await ours(many, { maxReadsPerSecond: budget }));
  }
  const [us, n] = [byBudget.get(5) as Figures, await naive(many)];
  const few = singles(changesAtScale1.single * scale);
  const alone = await naive(few);
  const byGap = new Map<number, Figures>();
  for (const gap of isQuick ? gaps.slice(-1) : gaps) {
    byGap.set(gap, await ours(few, { waits: { readGapMs: gap * 1_000 } }));
  }
  return {
    bench: "poll",
    results: [...groupResults(us, n), ...singleResults(byGap, alone)],
    tables: [
      tableOf({
        name: "poll-budget",
        title: "One group token, over its read budget",
        heading: "reads a second",
        production: productionSettings.maxReadsPerSecond,
        curve: byBudget,
        n,
      }),
      tableOf({
        name: "poll-gap",
        title: "10,000 single-dealer tokens, over the first gap between reads (readGapMs)",
        heading: "seconds",
        production: productionGap,
        curve: byGap,
        n: alone,
      }),
    ],
    plots: [
      plotOf({ name: "poll-budget", title: "One group token, 50 changes/s" }, byBudget, n),
      plotOf({ name: "poll-gap", title: "10,000 single-dealer tokens, 50 changes/s" }, byGap, alone),
    ],
  };
}

const note = "virtual time, seeded: the same on every run";

function groupResults(us: Figures, n: Figures): BenchResult[] {
  const head = { command, against: "N", limitOn: "ratio" as const, spread: 0, note };
  return [
    {
      ...head,
      name: "poll.gets",
      what: "GETs per finished ad, 50 changes/s on one group token",
      ours: us.gets,
      reference: n.gets,
      ratio: us.gets / n.gets,
      limit: 0.08,
      unit: "GETs per ad",
    },
    {
      ...head,
      name: "poll.delay",
      what: "mean detection delay, 50 changes/s on one group token",
      ours: us.delayMs / 1_000,
      reference: n.delayMs / 1_000,
      ratio: us.delayMs / n.delayMs,
      limit: 0.15,
      unit: "s",
    },
  ];
}

/** The least delay of those that need no more GETs than the reference; and what the best of all series of reads would have. */
function singleResults(byGap: ReadonlyMap<number, Figures>, n: Figures): BenchResult[] {
  const fair = [...byGap].filter(([, { gets }]) => gets <= n.gets).sort(([, a], [, b]) => a.delayMs - b.delayMs);
  const [first] = fair;
  if (first === undefined) {
    throw new Error(
      `no first gap of ${[...byGap.keys()].join(", ")} s needs as few GETs as N, ${n.gets.toFixed(2)} per ad`,
    );
  }
  const [gap, ours] = first;
  const best = bestReads(n.gets);
  const head = { command, reference: n.delayMs / 1_000, against: "N", unit: "s", limitOn: "ratio" as const, spread: 0 };
  return [
    {
      ...head,
      name: "poll.single-delay",
      what: `mean detection delay at N's GETs, 10,000 single-dealer tokens, readGapMs chosen for it (production's is ${productionGap} s)`,
      ours: ours.delayMs / 1_000,
      ratio: ours.delayMs / n.delayMs,
      limit: 0.7,
      note: `readGapMs ${gap * 1_000}: ${ours.gets.toFixed(2)} GETs per ad, N ${n.gets.toFixed(2)}. The line below is what no series of reads can do better than, on a grid of two seconds and without the time of a call; ours reads in rounds, five seconds apart. Rounds timed by the next read instead would come nearer, and need a wake-up call for whatever comes between. ${note}`,
    },
    {
      ...head,
      name: "poll.single-best",
      what: "the same, by the best of all series of reads on a grid of two seconds, without the time of a call (computed)",
      ours: best.delayMs / 1_000,
      ratio: best.delayMs / n.delayMs,
      limit: null,
      note: "",
    },
  ];
}

type Curve = ReadonlyMap<number, Figures>;

type Tabled = { name: string; title: string; heading: string; production: number; curve: Curve; n: Figures };

/** `production`: which of the values is the one that is deployed. */
function tableOf({ name, title, heading, production, curve, n }: Tabled) {
  const row = (first: string, { gets, delayMs }: Figures) => [first, gets.toFixed(3), (delayMs / 1_000).toFixed(1)];
  const rows = [
    [heading, "GETs per ad", "mean delay, s"],
    ...[...curve].map(([value, at]) => row(value === production ? `${value} (production)` : String(value), at)),
    row("N", n),
  ];
  return { name, title, rows };
}

function plotOf(head: { name: string; title: string }, curve: Curve, n: Figures) {
  const pointOf = ({ gets, delayMs }: Figures) => ({ x: gets, y: delayMs / 1_000 });
  const axes = { xLabel: "GETs per finished ad", yLabel: "mean detection delay, s" };
  const series = [
    { name: "the bridge", points: [...curve.values()].map(pointOf) },
    { name: "N", points: [pointOf(n)] },
  ];
  return { ...head, kind: "lines" as const, ...axes, series };
}

export const bench: Bench = { name: "poll", run };
