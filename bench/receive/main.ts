import { createHmac } from "node:crypto";
import { receive } from "#functions/receive/receive.ts";
import { validateEvent } from "#functions/receive/validate-event.ts";
import type { Envelope } from "#shared/contracts/inventory-event.ts";
import { indexValues } from "#shared/contracts/known-values.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import { manyValues } from "./many-values.ts";
import { measure } from "./measure.ts";
import { sampleCar, secret, signedHeaders } from "./sample-car.ts";

/*
 * What `receive` costs by itself: verify, read, judge, wrap one car in its message. The queue is a stub that takes all.
 * The floor is what no door can do without: one HMAC over the body, one JSON.parse. Exits with 1 above the limits.
 */

const limits = { judge: 60, door: 150 };

const now = Date.now();
const event = sampleCar();
const body = Buffer.from(JSON.stringify(event));
const key = Buffer.from(secret.slice("whsec_".length), "base64");
const knownValues = indexValues([manyValues("car", now)]);
// A rate that no round of the bench comes to.
const source = { secrets: [secret], dealers: ["DEMO"], listingIds: "uuid" as const, requestsPerSecond: 1e9 };
const dependencies = {
  sources: { read: async () => ({ bench: source }) },
  rateLimit: rateLimit(() => now),
  queue: { send: async (messages: readonly unknown[]) => (JSON.stringify(messages).length > 0 ? [] : [0]) },
  knownValues: { current: () => knownValues },
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
});
const arrival = { ...source, source: "bench", receivedAt: now, place: 0 };
const judge = await measure(() =>
  validateEvent(event as unknown as Envelope, arrival, { known: knownValues, mostPictures: 38 }),
);
const door = await measure(() => receive(dependencies, request, () => {}));

console.log(`a car of ${body.length} bytes, µs per event (median of rounds, fastest round)`);
for (const [name, { median, fastest }] of Object.entries({ floor, judge, door })) {
  console.log(`${name.padEnd(6)} ${median.toFixed(1).padStart(7)} ${fastest.toFixed(1).padStart(7)}`);
}
// By the fastest round: whatever else the machine does only ever adds.
const isTooSlow = judge.fastest > limits.judge || door.fastest > limits.door;
console.log(`limits: judge ${limits.judge}, door ${limits.door}: ${isTooSlow ? "missed" : "kept"}`);
process.exitCode = isTooSlow ? 1 : 0;
