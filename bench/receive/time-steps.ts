import { createHmac } from "node:crypto";
import type { BenchResult } from "#bench/result.ts";
import { compare } from "#bench/stage/compare.ts";
import { spreadOf } from "#bench/stage/statistics.ts";
import { receive } from "#functions/receive/receive.ts";
import { validateEvent } from "#functions/receive/validate-event.ts";
import { indexValues } from "#shared/contracts/known-values.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import { manyValues } from "./many-values.ts";
import { measure } from "./measure.ts";
import { sampleCar, secret, signedHeaders } from "./sample-car.ts";

const fullRounds = 200;

/**
 * What `receive` costs by itself, without Lambda and AWS: judging one car, and all of its way through the door (verify, read,
 * judge, wrap in a message that a stub of the queue takes). The floor is one HMAC over the body and one JSON.parse.
 */
export async function timeSteps(share: number): Promise<BenchResult[]> {
  const rounds = { rounds: Math.max(20, Math.round(fullRounds * share)) };
  const now = Date.now();
  const event = { ...sampleCar(), specversion: "1.0" as const };
  const body = Buffer.from(JSON.stringify(event));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const known = indexValues([manyValues("car", now)]);
  // A rate that no round of the bench comes to.
  const source = { secrets: [secret], dealers: ["DEMO"], listingIds: "uuid" as const, requestsPerSecond: 1e9 };
  const dependencies = {
    sources: { read: async () => ({ bench: source }) },
    rateLimit: rateLimit(() => now),
    queue: { send: async (messages: readonly unknown[]) => (JSON.stringify(messages).length > 0 ? [] : [0]) },
    knownValues: { current: () => known },
    mostPictures: 38,
    now: () => now,
  };
  const request = {
    method: "POST",
    path: "/sources/bench/inventory-events",
    query: new URLSearchParams(),
    pathParameters: { source: "bench" },
    headers: signedHeaders(body, now),
    body,
  };
  const floor = await measure(() => {
    createHmac("sha256", key).update("msg_1.1.").update(body).digest("base64");
    JSON.parse(body.toString());
  }, rounds);
  const arrival = { ...source, source: "bench", receivedAt: now, place: 0 };
  const measures = { known, mostPictures: 38 };
  const judge = await measure(() => validateEvent(event, arrival, measures), rounds);
  const door = await measure(() => receive(dependencies, request, () => {}), rounds);
  const against = {
    reference: floor,
    note: `a car of ${body.length} bytes; median of the fastest rounds of each tenth`,
  };
  return [
    toResult({ ...against, name: "receive.judge", what: "judging a car", limit: 60, ours: judge }),
    toResult({ ...against, name: "receive.door", what: "a car through the door, without AWS", limit: 150, ours: door }),
  ];
}

type Step = Pick<BenchResult, "name" | "what" | "limit" | "note"> & { ours: number[]; reference: number[] };

/** A time by itself, with nothing beside it that would slow down alike: two runs lie further apart than the rounds of one. */
const leastSpread = 0.05;

/** Limited by itself, as it was before there was anything to compare it with. */
function toResult(step: Step): BenchResult {
  const compared = compare({ ...step, command: "npm run bench:receive", against: "floor", unit: "µs" });
  return { ...compared, limitOn: "ours", spread: Math.max(leastSpread, spreadOf(step.ours)) };
}
