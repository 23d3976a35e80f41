import type { Bench, BenchReport, DetailTable } from "#bench/result.ts";
import { wholeProcessorMb } from "#bench/world/assumptions.ts";
import { dawn } from "#bench/world/engine.ts";
import type { Asked } from "#bench/world/meter.ts";
import { type Played, play } from "#bench/world/play.ts";
import { arrivals, type Change, removalOf, upsertOf } from "#bench/world/stock.ts";
import { makeRandom } from "#test/support/histories/random.ts";
import { costOf, priceTable, requestResources, resources, unitPrices } from "./price.ts";
import { measureSdkCallMs } from "./sdk-processor.ts";

const command = "npm run bench:cost";
const perSecond = 50;
const changesAtScale1 = 3_000;
/** Of the changes that count: cars that are new, and cars that are sold. The others are changes of price. */
const shares = { created: 0.15, removed: 0.1 };
/** Between the stock's coming in and the changes that count, so that the slowest of it is at rest. */
const pauseMs = 5 * 60 * 60_000;
const memoryMb = 512;
const million = 1e6;
/** The most that a change may cost, as a share of what it costs N: in USD, and in requests. */
const mostAgainstNaive = 0.2;

const usdNote =
  "Both pay the same for the door, the bus and the first message. What is left of ours is mostly writes to the table: the intent before the call, the answer after it, the facts with their outbox, the outbox emptied, a receipt, an event in the history. Each makes a crash between two of them harmless. Fewer saves per ad (documents in rows of their own, the outbox emptied by the next save) would take off some.";
const requestsNote =
  "Ours makes many small guarded requests to DynamoDB, none of which is billed as a request, where N makes few large ones. What keeps the intent, the outbox and the receipts apart cannot come near the limit: each of them is a request of its own, so that a crash between two of them is harmless. What could go is loads of due ads that carry no news (`poll: GetItem ad` in the table of requests): an index entry with the ad's version would spare them.";

const dealers = Array.from({ length: 20 }, (_, place) => `D${place}`);
const idOf = (place: number, edit: number) => `0198a1c2-7c1f-7f6e-b4f${edit}-${String(place).padStart(12, "0")}`;

/** A stock that comes in, and later the changes that count: each about a car of its own. */
function changesOf(count: number): { changes: Change[]; countedFrom: number } {
  const random = makeRandom(11);
  const stocked = Math.round(count * (1 - shares.created));
  const removed = Math.round(count * shares.removed);
  const carOf = (place: number, edit: number, at: number) => ({
    dealerCode: dealers[place % dealers.length] ?? "",
    place,
    id: idOf(place, edit),
    at,
  });
  const stock = arrivals(stocked, perSecond, random.fraction).map((at, place) => upsertOf(carOf(place, 0, at)));
  const offset = (stock.at(-1)?.at ?? dawn) - dawn + pauseMs;
  const counted = arrivals(count, perSecond, random.fraction).map((time, turn) => {
    // Another car each time, the kinds of changes mixed: 7,919 is a prime.
    const place = (turn * 7_919) % count;
    const car = carOf(place, 1, time + offset);
    return place < removed ? removalOf(car) : upsertOf(car, place < stocked ? 239_000 : 249_000);
  });
  return { changes: [...stock, ...counted], countedFrom: dawn + offset };
}

/** Adds to what was counted what Lambda bills while the processor works: an invocation has only its share of one. */
function addComputing({ meter, processorMs }: Played, sdkCallMs: number): void {
  const sdkCalls = meter.total("DynamoDB requests") + meter.total("EventBridge requests") + meter.total("SQS requests");
  const wholeMs = processorMs + sdkCalls * sdkCallMs;
  const seconds = (wholeMs / 1_000) * (wholeProcessorMb / memoryMb);
  meter.count("all functions", "Lambda GB-s, computing", (seconds * memoryMb) / 1_024);
}

const requestsOf = ({ meter, changes }: Played) =>
  requestResources.reduce((sum, resource) => sum + meter.total(resource), 0) / changes;

async function run({ scale }: { scale: number }): Promise<BenchReport> {
  const load = { seed: 3, tokens: [dealers], ...changesOf(Math.round(changesAtScale1 * scale)) };
  const sdkCallMs = await measureSdkCallMs();
  const us = await play({ bridge: "ours", ...load });
  const n = await play({ bridge: "naive", ...load });
  for (const { delaysMs } of [us, n]) {
    // The stock's coming in is told, too.
    if (delaysMs.length !== load.changes.length) {
      throw new Error(`${delaysMs.length} of ${load.changes.length} changes were told`);
    }
  }
  addComputing(us, sdkCallMs);
  addComputing(n, sdkCallMs);
  const [ourUsd, theirUsd] = [us, n].map((played) => (costOf(played.meter) / played.changes) * million) as [
    number,
    number,
  ];
  const [ourRequests, theirRequests] = [requestsOf(us), requestsOf(n)];
  const head = { command, against: "N", spread: 0.02 };
  const prices = `prices of ${priceTable.date}, ${priceTable.region}; scale ${scale}. Taken as ±2 %: all is counted in virtual time, the same in every run, but for the processor time in it, which is measured.`;
  const usd = { ...head, ours: ourUsd, reference: theirUsd, ratio: ourUsd / theirUsd, unit: "USD" };
  return {
    bench: "cost",
    results: [
      {
        ...usd,
        name: "cost.usd-against-naive",
        what: "USD per million ad changes, against N",
        limit: mostAgainstNaive,
        limitOn: "ratio",
        note: `${prices} ${usdNote}`,
      },
      {
        ...usd,
        name: "cost.usd",
        what: "USD per million ad changes",
        limit: 12,
        limitOn: "ours",
        note: `${prices} ${usdNote}`,
      },
      {
        ...head,
        name: "cost.requests",
        what: "AWS requests per ad change, against N",
        ours: ourRequests,
        reference: theirRequests,
        ratio: ourRequests / theirRequests,
        limit: mostAgainstNaive,
        limitOn: "ratio",
        unit: "requests",
        spread: 0,
        note: `${(ourRequests / theirRequests / mostAgainstNaive).toFixed(1)} times what is wanted. ${requestsNote}`,
      },
    ],
    tables: [
      partsTable("cost-ours", "The bridge", us),
      requestsTable("cost-requests", "The bridge's requests to DynamoDB", us),
      partsTable("cost-naive", "N", n),
    ],
    plots: [
      {
        name: "cost",
        title: "USD per million ad changes",
        kind: "bars",
        xLabel: "",
        yLabel: "USD",
        series: [seriesOf("the bridge", us), seriesOf("N", n)],
      },
    ],
  };
}

/** Per change, and in USD per million of them, by part and resource, the dearest first. */
function partsTable(name: string, title: string, { meter, changes }: Played): DetailTable {
  const rows = [...meter.all()].flatMap(([part, used]) =>
    [...used].map(([resource, amount]) => ({
      cells: [part, resource, (amount / changes).toPrecision(3)],
      usd: ((amount * unitPrices[resource]) / changes) * million,
    })),
  );
  rows.sort((a, b) => b.usd - a.usd);
  const sum = rows.reduce((total, { usd }) => total + usd, 0);
  return {
    name,
    title: `${title}: per ad change, and USD per million`,
    rows: [
      ["part", "resource", "per change", "USD per million"],
      ...rows.map(({ cells, usd }) => [...cells, usd.toFixed(2)]),
      ["all", "", "", sum.toFixed(2)],
    ],
  };
}

/** By what is asked for, the dearest first. Units are those of the table and of its indexes together. */
function requestsTable(name: string, title: string, { meter, changes }: Played): DetailTable {
  const usdOf = ({ reads, writes }: Asked) =>
    reads * unitPrices["DynamoDB read units"] + writes * unitPrices["DynamoDB write units"];
  const rows = [...meter.asked()]
    .toSorted(([, a], [, b]) => usdOf(b) - usdOf(a))
    .map(([what, sum]) => [
      what,
      ...[sum.requests, sum.reads, sum.writes].map((amount) => (amount / changes).toFixed(2)),
      ((usdOf(sum) / changes) * million).toFixed(2),
    ]);
  return {
    name,
    title: `${title}: per ad change, and USD per million`,
    rows: [["request", "requests", "read units", "write units", "USD per million"], ...rows],
  };
}

function seriesOf(name: string, { meter, changes }: Played) {
  const points = resources
    .filter((resource) => unitPrices[resource] > 0)
    .map((resource) => ({ x: resource, y: ((meter.total(resource) * unitPrices[resource]) / changes) * million }));
  return { name, points };
}

export const bench: Bench = { name: "cost", run };
