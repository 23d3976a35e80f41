import { buildReference } from "#bench/reference/build-references.ts";
import type { Bench } from "#bench/result.ts";
import { compare, roundsOf } from "#bench/stage/compare.ts";
import { startAwsServer } from "#bench/stage/start-aws-server.ts";
import { type Handler, memoryMb, startHandler } from "#bench/stage/start-handler.ts";
import { webhookRequest } from "#bench/stage/webhook-request.ts";
import { nodeOptions } from "#cdk/bundle.ts";
import { buildBundle } from "#local/bundles/build-bundles.ts";
import { timeSteps } from "./time-steps.ts";

const command = "npm run bench:receive";
const fullRounds = 20;
const eventsAtOnce = 50;
const eventsForMemory = 5_000;

type Side = "ours" | "B" | "P" | "floor";
type Figures = { one: number[]; batch: number[]; rss: number[] };

/**
 * The warm function: processor time per event, all threads, with its call to an AWS that answers at once over TLS. The four
 * run beside each other and take turns, a few dozen requests each, so that they share what the machine does meanwhile.
 */
export const bench: Bench = {
  name: "receive",
  async run({ rounds }) {
    const steps = await timeSteps(rounds);
    const aws = await startAwsServer();
    try {
      const bundles = {
        ours: { file: await buildBundle("receive"), nodeOptions: nodeOptions(memoryMb) },
        B: await buildReference("basic"),
        P: await buildReference("powertools"),
        floor: await buildReference("floor"),
      };
      const sides = Object.keys(bundles) as Side[];
      const handlers = {} as Record<Side, Handler>;
      const figures = {} as Record<Side, Figures>;
      for (const side of sides) {
        handlers[side] = await startHandler(bundles[side], aws);
        figures[side] = { one: [], batch: [], rss: [await rssAfterMany(handlers[side])] };
      }
      for (let round = 0; round < roundsOf(fullRounds, rounds); round += 1) {
        for (const side of sides) {
          figures[side].one.push(await microsecondsPerEvent(handlers[side], 1));
          figures[side].batch.push(await microsecondsPerEvent(handlers[side], eventsAtOnce));
        }
      }
      await Promise.all(sides.map((side) => handlers[side].stop()));
      return { bench: "receive", results: [...toResults(figures), ...steps] };
    } finally {
      await aws.stop();
    }
  },
};

/** In megabytes, after 5,000 requests of one event, in a process that has done nothing else. It also warms the function up. */
async function rssAfterMany(handler: Handler): Promise<number> {
  let rssMb = 0;
  for (let taken = 0; taken < eventsForMemory; taken += eventsAtOnce) {
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

function toResults(figures: Record<Side, Figures>) {
  const { ours, B, P, floor } = figures;
  const one = { what: "warm CPU per webhook event", command, unit: "µs", ours: ours.one };
  const batch = { what: `warm CPU per event in a batch of ${eventsAtOnce}`, command, unit: "µs", ours: ours.batch };
  const memory = { what: `RSS after ${eventsForMemory} events`, command, unit: "MB", ours: ours.rss };
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
  "one call where B makes two and P three. What the call itself takes (TLS, Node's HTTP client, the SDK's middleware) is most of ours: signed by hand it would come near the floor.";
const batchNote = "B is given the same batch, and puts and sends its events one by one.";
const memoryNote =
  "with the young generation of 4 MB that the functions are deployed with (NODE_OPTIONS); where Lambda starts Node with a size of its own, that one holds.";
