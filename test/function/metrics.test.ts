import { afterEach, describe, expect, it, vi } from "vitest";
import { canaryLog } from "#functions/poll/log-canary.ts";
import { roundLog, standingLog } from "#functions/poll/log-rounds.ts";
import { poll } from "#functions/poll/poll.ts";
import { callLog, foreignLog } from "#functions/submit/log-calls.ts";
import type { ReadReply } from "#shared/ad/marketplace.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { type MetricName, metrics } from "#shared/contracts/metrics.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { bridgeLog } from "#shared/wiring/bridge-log.ts";
import { keepLines } from "#test/support/keep-lines.ts";
import { makeWorld, type WorldOptions } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { bump, carDocument, removal, upsert } from "#test/support/world/wishes.ts";
import { apiKey, type Call, frontDoor } from "./receive/front-door.ts";
import { statusDoor } from "./status/status-door.ts";

const minute = 60_000;
const signatureHeaders = ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"];
/** Each metric that any of the stories below has measured, with the line it stood in. */
const seen = new Set<string>();
const see = (name: string, line: string) => seen.add(`${name} in ${line}`);

afterEach(() => vi.restoreAllMocks());

type Unsigned = Partial<Call> & { notQueued?: number[] };

/** A world whose steps write the lines of production; `measured` is what the lines so far say of a metric. */
function measuredWorld(options: WorldOptions = {}) {
  const lines = keepLines();
  const world = makeWorld(options);
  const logger = createLogger("bridge", "bridge");
  Object.assign(world.ports, bridgeLog(logger), {
    logCall: callLog(logger),
    logForeign: foreignLog(logger),
    logRound: roundLog(logger),
    logStanding: standingLog(logger),
    logCanary: canaryLog(logger, "bus"),
  });
  const car = (id: string, change = {}) =>
    upsert(world, { id, itemId: "car", vehicleType: "car", ad: carDocument("KNR13E", change) });
  const take = async (message: ReturnType<typeof car>, run = runUntilQuiet) => {
    await world.submitQueue.send([message]);
    await run(world);
  };
  const measured = (name: MetricName): number[] => {
    const parsed = lines
      .flatMap((line) => line.split("\n").filter((text) => text.startsWith("{")))
      .map((text) => JSON.parse(text));
    const holding = parsed.filter((line) => line[name] !== undefined);
    for (const line of holding) {
      see(name, line.message);
    }
    return holding.flatMap((line) => line[name]);
  };
  const sum = (name: MetricName) => measured(name).reduce((total, value) => total + value, 0);
  const tick = () => poll(world.ports, { version: 1, kind: "tick" });
  return { ...world, world, lines, car, take, measured, sum, tick };
}

/** As if the marketplace had one more line in the log, of the newest request there is. */
function withOddEntry(reply: ReadReply): ReadReply {
  if (reply.kind === "failed" || reply.snapshot.kind !== "found") {
    return reply;
  }
  const { row } = reply.snapshot;
  const last = row.log.at(-1);
  const odd = last && { ...last, created: "2026-01-05T08:00:00Z", action: "repaint", state: "sparkling" };
  return { kind: "read", snapshot: { kind: "found", row: { ...row, log: odd ? [...row.log, odd] : row.log } } };
}

describe("what is measured", () => {
  it("of an ad that is published, sent again and removed", async () => {
    const { world, car, take, measured, sum } = measuredWorld();
    await take(car("1"));
    await take(car("2"));
    expect([sum("Submitted"), sum("Published"), sum("Suppressed")]).toEqual([1, 1, 1]);
    expect(sum("Reads")).toBeGreaterThan(0);
    expect(Math.max(...measured("OldestOpenSubmission"))).toBeGreaterThan(0);
    expect(measured("DetectionLag").every((lag) => lag >= 0 && lag < minute)).toBe(true);
    expect(Math.max(...measured("OldestRemoval"))).toBe(0);
    await take(removal(world, { id: "3", itemId: "car" }));
    expect([sum("Submitted"), sum("Deleted")]).toEqual([2, 1]);
    expect(Math.max(...measured("OldestRemoval"))).toBeGreaterThan(0);
    expect(measured("OldestOpenSubmission").at(-1)).toBeLessThan(minute);
  });

  it("of a hidden ad", async () => {
    const { car, take, sum } = measuredWorld();
    await take(car("1", { visible: false }));
    expect([sum("Published"), sum("Updated")]).toEqual([0, 1]);
  });

  it("of a write that is refused", async () => {
    const { marketplace, car, take, sum } = measuredWorld();
    marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 400, body: "{}" });
    await take(car("1"));
    expect([sum("Submitted"), sum("Errored")]).toEqual([0, 1]);
  });

  it("of a write in doubt, and of a removal that nobody confirms", async () => {
    const { world, marketplace, car, take, measured, sum } = measuredWorld();
    marketplace.addFault({ match: { method: "POST" }, kind: "drop-after" });
    await take(car("1"));
    expect(sum("InDoubt")).toBe(1);
    marketplace.addFault({ match: { method: "DELETE" }, kind: "status", status: 503, times: 100 });
    await take(removal(world, { id: "2", itemId: "car" }), () => runFor(world, 20 * minute));
    expect(Math.max(...measured("OldestRemoval"))).toBeGreaterThan(10 * minute);
  });

  it("of a charged call", async () => {
    const { world, car, take, sum } = measuredWorld();
    await take(car("1"));
    await take(bump(world, { id: "2", itemId: "car" }));
    expect(sum("ChargedCalls")).toBe(1);
  });

  it("of an ad without an end", async () => {
    const { world, car, take, measured, sum } = measuredWorld({ marketplace: { processingDelayMs: 120 * minute } });
    await take(car("1"), () => runFor(world, 40 * minute));
    expect(sum("Stalled")).toBe(1);
    expect(Math.max(...measured("OldestOpenSubmission"))).toBeGreaterThan(25 * minute);
  });

  it("of a bus that takes nothing", async () => {
    const { world, bus, car, take, sum } = measuredWorld();
    bus.refuse(() => true);
    await take(car("1"), () => runFor(world, minute));
    expect(sum("BusFailures")).toBeGreaterThan(0);
    expect(sum("Published")).toBe(0);
  });

  it("of a marketplace that is asked too often", async () => {
    const { world, marketplace, car, take, sum } = measuredWorld();
    marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 429, times: 2 });
    await take(car("1"), () => runFor(world, 2 * minute));
    expect(sum("Throttled")).toBe(2);
  });

  it("of somebody else's writes", async () => {
    const { world, marketplace, car, take, sum } = measuredWorld();
    await take(car("1"));
    const path = `/v4/ad/${marketplace.ads()[0]?.sourceId}/bump`;
    marketplace.handle({ method: "GET", path, query: "", headers: { "x-auth-token": "sandbox-token" }, body: "" });
    await runFor(world, minute);
    await take(car("2", { body: "New words." }));
    expect(sum("ForeignRequests")).toBe(1);
  });

  it("of somebody else's writes, where submit reads them first", async () => {
    const { world, marketplace, car, take, sum } = measuredWorld({
      marketplace: { quirks: { repeatedDelete: "refused" } },
    });
    await take(car("1"));
    const path = `/v4/ad/${marketplace.ads()[0]?.sourceId}`;
    marketplace.handle({ method: "DELETE", path, query: "", headers: { "x-auth-token": "sandbox-token" }, body: "" });
    await runFor(world, minute);
    await take(removal(world, { id: "2", itemId: "car" }));
    expect(sum("ForeignRequests")).toBe(1);
  });

  it("of entries that no document mentions, each once, by name", async () => {
    const { world, lines, car, take, sum } = measuredWorld();
    const { readMany } = world.ports.marketplace;
    world.ports.marketplace.readMany = async (calls) => (await readMany(calls)).map(withOddEntry);
    await take(car("1"));
    expect(sum("UnknownEntries")).toBe(1);
    expect(lines.join()).toContain('"unknownEntries":["repaint sparkling"]');
  });

  it("of ads that cannot be loaded, also where nothing else is due", async () => {
    const { world, car, take, sum } = measuredWorld({ marketplace: { publishDelayMs: 10 * minute } });
    await take(car("1"), () => runFor(world, 10_000));
    world.ports.table.load = async () => Promise.reject(new Error("of another version"));
    world.ports.logFailure = () => {};
    await runFor(world, minute);
    expect(sum("FailedAds")).toBeGreaterThan(0);
  });

  it("of lanes, tokens and the bus at each tick", async () => {
    const { world, marketplace, tokens, clock, car, take, tick, measured, sum } = measuredWorld();
    const { firstExpiry } = world.ports.tokens;
    world.ports.tokens.firstExpiry = () => Promise.reject(new RetryableError("no value yet"));
    await tick();
    expect([measured("TokensUnusable"), measured("LanesClosed")]).toEqual([[1], []]);
    world.ports.tokens.firstExpiry = firstExpiry;
    await tick();
    expect(measured("TokensUnusable")).toEqual([1, 0]);
    expect([measured("LanesClosed"), measured("TokenDaysLeft"), measured("CanaryMissing")]).toEqual([[0], [], []]);
    Object.assign(tokens[1] ?? {}, { expiresOn: "2026-01-25" });
    marketplace.addFault({ match: {}, kind: "status", status: 401, times: 100 });
    await take(car("1"), () => runFor(world, minute));
    for (let passed = 0; passed < 8; passed += 1) {
      clock.now += minute;
      await tick();
    }
    expect(measured("LanesClosed").at(-1)).toBe(1);
    expect(measured("TokenDaysLeft").at(-1)).toBe(19);
    expect(sum("CanaryMissing")).toBeGreaterThan(0);
  });

  const event = (id: string, itemId: string) => ({
    specversion: "1.0",
    id,
    source: "dms",
    type: "inventory.item.removed",
    data: { dealerCode: "DEMO", itemId, reason: "sold" },
  });
  const body = [event("1", "a"), event("2", "b"), event("3", "")];
  const unsigned = Object.fromEntries(signatureHeaders.map((name) => [name, undefined]));
  const byKey = { source: "keyed", headers: { ...unsigned, "X-API-Key": apiKey } };

  it("of a request at the door, and nothing of a dry run or a forgery", async () => {
    const door = frontDoor();
    await door.post({ body });
    await door.post({ body, query: "dry-run" });
    await door.post({ body, signedBy: "whsec_bmV3LXNlY3JldC1mb3ItdGVzdHMtb25seS0xMjM0NTY=" });
    const [taken, dry, forged] = door.lines;
    expect(taken?.measures).toEqual({ Accepted: 2, Rejected: 1 });
    expect([dry?.measures, forged?.measures]).toEqual([undefined, undefined]);
    for (const name of Object.keys(taken?.measures ?? {})) {
      see(name, taken?.name ?? "");
    }
  });

  it.each<[string, object, number, object]>([
    ["taken", { body }, 202, { Accepted: 2, Rejected: 1 }],
    ["all of it valid", { body: event("1", "a") }, 202, { Accepted: 1 }],
    ["a dry run", { body, query: "dry-run" }, 200, {}],
    ["not readable", { body: "{" }, 400, {}],
    ["not durable, so to be sent again", { body, notQueued: [0] }, 503, {}],
    ["not allowed", { body: { ...event("1", "a"), data: { dealerCode: "OTHER" } } }, 403, { Accepted: 0, Rejected: 1 }],
  ])(
    "of a request by a key, always that there was one: %s",
    async (_, { notQueued = [], ...call }: Unsigned, status, of) => {
      const door = frontDoor();
      door.notQueued = notQueued;
      expect((await door.post({ body, ...byKey, ...call })).status).toBe(status);
      expect(door.lines[0]?.measures).toEqual({ ...of, Unsigned: 1 });
      see("Unsigned", door.lines[0]?.name ?? "");
    },
  );

  it("of requests by a key, those that come too fast and those that are proved wrong", async () => {
    const door = frontDoor();
    const call = { body, source: "mixed", headers: byKey.headers };
    const statuses: (number | undefined)[] = [];
    for (let sent = 0; sent < 6; sent++) {
      statuses.push((await door.post(call)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(door.lines.at(-1)?.measures).toEqual({ Unsigned: 1 });
    await door.post({ ...call, headers: { ...unsigned, "X-API-Key": "wrong" } });
    expect(door.lines.at(-1)?.measures).toBeUndefined();
  });

  it("of who asks for a status by a key", async () => {
    const door = statusDoor();
    await door.get("/sources/keyed/items/DEMO/unknown", { headers: { "x-api-key": apiKey } });
    await door.get("/sources/dms/items/DEMO/unknown");
    expect(door.lines.map(({ measures }) => measures)).toEqual([{ Unsigned: 1 }, undefined]);
    see("Unsigned", door.lines[0]?.name ?? "");
  });

  it("is all that there is, each in its line", () => {
    const named = Object.entries(metrics).flatMap(([name, { line }]) =>
      [line].flat().map((one) => `${name} in ${one}`),
    );
    expect([...seen].sort()).toEqual(named.sort());
  });
});
