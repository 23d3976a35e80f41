import { buildReference } from "#bench/reference/build-references.ts";
import type { Bench, BenchResult } from "#bench/result.ts";
import { compare, roundsOf } from "#bench/stage/compare.ts";
import { type AwsServer, startAwsServer } from "#bench/stage/start-aws-server.ts";
import { type Bundle, type Handler, memoryMb, startHandler } from "#bench/stage/start-handler.ts";
import { webhookRequest } from "#bench/stage/webhook-request.ts";
import { nodeOptions } from "#cdk/bundle.ts";
import { buildBundle } from "#local/bundles/build-bundles.ts";
import { timeSteps } from "./time-steps.ts";

const command = "npm run bench:receive";
const fullProcesses = 6;
const fullRounds = 30;
const eventsAtOnce = 50;
const eventsForMemory = 5_000;

const sides = ["ours", "B", "P", "floor"] as const;
type Side = (typeof sides)[number];
type Figures = { one: number[]; batch: number[]; rss: number[] };
const noFigures = (): Figures => ({ one: [], batch: [], rss: [] });

/**
 * The warm function: processor time per event, all threads, with its call to an AWS that answers at once over TLS. The four
 * run beside each other and take turns, a few dozen requests each, so that they share what the machine does meanwhile. `scale`
 * is how many times 5,000 events each has taken before.
 */
export const bench: Bench = {
  name: "receive",
  async run({ rounds, scale }) {
    const steps = await timeSteps(rounds);
    const aws = await startAwsServer();
    try {
      const bundles: Record<Side, Bundle> = {
        ours: { file: await buildBundle("receive"), nodeOptions: nodeOptions(memoryMb) },
        B: await buildReference("basic"),
        P: await buildReference("powertools"),
        floor: await buildReference("floor"),
      };
      const figures = { ours: noFigures(), B: noFigures(), P: noFigures(), floor: noFigures() };
      for (let round = 0; round < roundsOf(fullProcesses, rounds); round += 1) {
        await measureProcesses({ bundles, aws, figures, rounds: roundsOf(fullRounds, rounds), scale });
      }
      return { bench: "receive", results: [...toResults(figures, eventsForMemory * scale), ...steps] };
    } finally {
      await aws.stop();
    }
  },
};

type Measuring = {
  bundles: Record<Side, Bundle>;
  aws: AwsServer;
  figures: Record<Side, Figures>;
  rounds: number;
  scale: number;
};

/** One process of each: first many events, which also warm it up, and its memory after them; then they take turns. */
async function measureProcesses({ bundles, aws, figures, rounds, scale }: Measuring): Promise<void> {
  const handlers = {} as Record<Side, Handler>;
  for (const side of sides) {
    handlers[side] = await startHandler(bundles[side], aws);
    figures[side].rss.push(await rssAfter(eventsForMemory * scale, handlers[side]));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const side of sides) {
      figures[side].one.push(await microsecondsPerEvent(handlers[side], 1));
      figures[side].batch.push(await microsecondsPerEvent(handlers[side], eventsAtOnce));
    }
  }
  await Promise.all(sides.map((side) => handlers[side].stop()));
}

/** In megabytes, of a process that has done nothing else. */
async function rssAfter(count: number, handler: Handler): Promise<number> {
  let rssMb = 0;
  for (let taken = 0; taken < count; taken += eventsAtOnce) {
    ({ rssMb } = await handler.invoke(Array.from({ length: eventsAtOnce }, () => webhookRequest())));
  }
  return rssMb;
}

async function microsecondsPerEvent(handler: Handler, eventsPerRequest: number): Promise<number> {
  const requests = eventsPerRequest === 1 ? eventsAtOnce : 2;
  const events = Array.from({ length: requests }, () => webhookRequest(eventsPerRequest));
  const { spentMs } = await handler.invoke(events);
  return (spentMs * 1000) / (requests * eventsPerRequest);
}

function toResults(figures: Record<Side, Figures>, events: number): BenchResult[] {
  const { ours, B, P, floor } = figures;
  const one = { what: "warm CPU per webhook event", command, unit: "µs", ours: ours.one };
  const batch = { what: `warm CPU per event in a batch of ${eventsAtOnce}`, command, unit: "µs", ours: ours.batch };
  const memory = { what: `RSS after ${events} events`, command, unit: "MB", ours: ours.rss };
  return [
    compare({ ...one, name: "receive.warm", limit: 0.6, against: "B", reference: B.one, note: warmNote }),
    compare({ ...one, name: "receive.warm-p", limit: 0.25, against: "P", reference: P.one, note: warmNote }),
    compare({ ...one, name: "receive.warm-floor", limit: null, against: "floor", reference: floor.one }),
    compare({ ...memory, name: "receive.rss", limit: 0.6, against: "B", reference: B.rss, note: memoryNote }),
    compare({ ...batch, name: "receive.batch", limit: 0.15, against: "B", reference: B.batch, note: batchNote }),
    compare({ ...batch, name: "receive.batch-floor", limit: null, against: "floor", reference: floor.batch }),
  ];
}

const warmNote =
  "one call where B makes two and P three. The floor is the same call signed by hand; what lies between is the SDK (schemas, middleware, signing), judging the event, and the log line. A call signed by hand would bring most of it, which decision 133 in docs/decisions.md rules out.";
const batchNote =
  "B is given the same batch, and puts and sends its events one by one. What is left of ours is five SendMessageBatch calls of ten messages of 3 KB with their MD5 sums, and judging each car. Fewer bytes in each message (compressed) or calls side by side would take off some.";
const memoryNote =
  "ours with the options it is deployed with (`nodeOptions` in cdk/bundle.ts), the others with those that Lambda chooses. Node itself is 45 MB of both; what is left is the code of the SDK and zod and V8's code space. A smaller heap needs a smaller bundle.";
