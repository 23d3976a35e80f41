import type { Bench, BenchReport, BenchResult } from "#bench/result.ts";
import { dawn } from "#bench/world/engine.ts";
import { type Played, play } from "#bench/world/play.ts";
import { arrivals, upsertOf } from "#bench/world/stock.ts";
import { makeRandom } from "#test/support/histories/random.ts";
import { measureOutages } from "./outages.ts";

const command = "npm run bench:resend";
const adsAtScale1 = { nightly: 100_000, outage: 2_000 };
const perSecond = 50;
const dealers = Array.from({ length: 20 }, (_, place) => `D${place}`);
/** Between the stock's coming in and the night, so that the slowest of it is at rest. */
const pauseMs = 5 * 60 * 60_000;

/** A stock that comes in, is published cleanly, and is sent again unchanged. */
async function playNight(ads: number): Promise<Played> {
  const random = makeRandom(5);
  const times = arrivals(ads, perSecond, random.fraction);
  const offset = (times.at(-1) ?? dawn) - dawn + pauseMs;
  const sendAll = (night: number) =>
    times.map((time, place) =>
      upsertOf({
        dealerCode: dealers[place % dealers.length] ?? "",
        place,
        id: `0198a1c2-7c1f-7f6e-b4f${night}-${String(place).padStart(12, "0")}`,
        at: time + night * offset,
      }),
    );
  const changes = [...sendAll(0), ...sendAll(1)];
  return play({
    bridge: "ours",
    seed: 5,
    tokens: [dealers],
    changes,
    countedFrom: dawn + offset,
    drawPublishMs: () => 0,
  });
}

/** Throws unless the second night was judged: each of its events has left a receipt. */
function assertJudged({ meter }: Played, ads: number): void {
  const receipts = [...meter.asked()].filter(([what]) => what.endsWith(": PutItem receipt"));
  const written = receipts.reduce((sum, [, { requests }]) => sum + requests, 0);
  if (written < ads) {
    throw new Error(`${written} receipts for ${ads} ads sent again`);
  }
}

async function run({ scale, rounds }: { scale: number; rounds: number }): Promise<BenchReport> {
  const nightly = Math.round(adsAtScale1.nightly * scale * Math.min(1, rounds));
  const edited = Math.round(adsAtScale1.outage * scale * Math.min(1, rounds));
  const night = await playNight(nightly);
  assertJudged(night, nightly);
  const head = { command, reference: null, against: null, ratio: null, limitOn: "ours" as const, spread: 0 };
  const perAd = (resource: "DynamoDB requests" | "SQS requests"): BenchResult => ({
    ...head,
    name: `resend.${resource === "SQS requests" ? "sqs" : "dynamodb"}`,
    what: `${resource} per ad sent again unchanged`,
    ours: night.meter.total(resource) / nightly,
    limit: null,
    unit: "requests per ad",
    note: "the SDK's calls, and Lambda's of the queues",
  });
  return {
    bench: "resend",
    results: [
      {
        ...head,
        name: "resend.writes",
        what: `marketplace writes for ${nightly} ads sent again unchanged`,
        ours: night.writes,
        limit: 0,
        unit: "writes",
        note: `${night.gets} reads`,
      },
      perAd("DynamoDB requests"),
      perAd("SQS requests"),
      ...(await measureOutages(edited)).map((outage) => ({ ...head, ...outage })),
    ],
  };
}

export const bench: Bench = { name: "resend", run };
