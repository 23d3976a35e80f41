import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { World } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { carDocument, removal, upsert } from "#test/support/world/wishes.ts";
import {
  chainOf,
  goOns,
  makePollWorld,
  minute,
  runNextRound,
  second,
  submitCar,
  tokenId,
  typesTold,
} from "./poll-world.ts";

const key = (itemId: string) => ({ dealerCode: "DEMO", itemId });
const enoughTime = { remainingMs: () => minute };
const slow = { publishDelayMs: 10 * minute };

async function submitCars(world: World, count: number): Promise<void> {
  for (let car = 0; car < count; car += 1) {
    await submitCar(world, `car-${car}`);
  }
}

describe("what is due", () => {
  it("is read fifty at a time, many ads in one read", async () => {
    const world = makePollWorld({ marketplace: slow });
    await submitCars(world, 70);
    await runNextRound(world);
    expect(world.reads.map((ids) => ids.length)).toEqual([50, 20]);
  });

  it("is not written when a read shows nothing new", async () => {
    const world = makePollWorld({ marketplace: slow });
    await submitCar(world, "car");
    world.clock.now += 10 * second;
    await runNextRound(world);
    const before = await world.table.load(key("car"));
    world.clock.now += 5 * second;
    await runNextRound(world);
    expect(world.reads).toHaveLength(2);
    expect(await world.table.load(key("car"))).toEqual(before);
  });

  it("is read as far as the budget goes; the next rounds go on where it ended", async () => {
    const world = makePollWorld({ marketplace: slow, waits: { roundMs: second } });
    world.ports.maxReadsPerSecond = 1;
    await submitCars(world, 120);
    const perRound: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = world.reads.length;
      await runNextRound(world);
      perRound.push(world.reads.length - before);
    }
    expect(perRound).toEqual([1, 1, 1]);
    expect(new Set(world.reads.flat()).size).toBe(120);
    expect(chainOf(world).after).toBeNull();
  });

  it("is read a few at a time where logs are long, and none waits for ever though each read outlasts the round", async () => {
    const world = makePollWorld({ marketplace: slow });
    const rounds: number[] = [];
    world.ports.logRound = ({ reads }) => void rounds.push(reads);
    await submitCars(world, 20);
    for (const ad of world.table.ads()) {
      const listings = ad.listings.map((listing) => ({ ...listing, entries: Array(250).fill("") as string[] }));
      await world.table.save({ ...ad, listings }, world.clock.now);
    }
    const { readMany } = world.ports.marketplace;
    world.ports.marketplace.readMany = (calls) => {
      world.clock.now += 10 * second;
      return readMany(calls);
    };
    for (let round = 0; round < 20; round += 1) {
      await runNextRound(world);
    }
    expect(new Set(world.reads.map(({ length }) => length))).toEqual(new Set([5]));
    expect(new Set(rounds)).toEqual(new Set([1 + 5 * 4]));
    expect(new Set(world.reads.flat()).size).toBe(20);
  });

  it("is read half as fast after a 429", async () => {
    const world = makePollWorld({ marketplace: slow, waits: { roundMs: second } });
    world.ports.maxReadsPerSecond = 2;
    await submitCars(world, 120);
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 429, retryAfter: 1 });
    await runNextRound(world);
    const before = world.reads.length;
    world.clock.now = chainOf(world).nextAt;
    await runNextRound(world);
    expect(world.reads.length - before).toBe(1);
  });

  it("is left alone for this round after a failed read, and read by the one after the pause", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    world.clock.now += 10 * second;
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 503 });
    await runNextRound(world);
    expect(typesTold(world)).toEqual([]);
    world.clock.now = chainOf(world).nextAt;
    await runNextRound(world);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });
});

describe("an ad that fails", () => {
  const withOneBroken = async (broken: (world: World) => Partial<World["table"]>) => {
    const world = makePollWorld();
    await submitCars(world, 3);
    world.clock.now += 10 * second;
    world.ports.table = { ...world.table, ...broken(world) };
    await runNextRound(world);
    return world;
  };

  it("when it is stored does not stop the others, and is logged", async () => {
    const world = await withOneBroken(({ table }) => ({
      save: (ad, dueAt) =>
        "itemId" in ad.key && ad.key.itemId === "car-1"
          ? Promise.reject(new RetryableError("throttled"))
          : table.save(ad, dueAt),
    }));
    expect(typesTold(world)).toEqual(["AdPublished", "AdPublished"]);
    expect(world.failures).toHaveLength(1);
    expect(world.pollQueue.messages()).toHaveLength(2);
  });

  it("when it is loaded does not stop the others", async () => {
    const world = await withOneBroken(({ table }) => ({
      load: (wanted) =>
        "itemId" in wanted && wanted.itemId === "car-1"
          ? Promise.reject(new Error("a record of a later schema"))
          : table.load(wanted),
    }));
    expect(typesTold(world)).toEqual(["AdPublished", "AdPublished"]);
  });
});

describe("a wish that waits", () => {
  /** A car whose POST was put off, while nothing takes messages from the submit queue. */
  const waiting = async () => {
    const world = makePollWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 30 });
    await submitCar(world, "car");
    world.clock.now += 30 * second - 1;
    return world;
  };

  it("is asked for when its time has come, and then once a minute at most", async () => {
    const world = await waiting();
    await runNextRound(world);
    expect(goOns(world)).toBe(0);
    world.clock.now += 1;
    const asked: number[] = [];
    for (let round = 0; round <= 24; round += 1) {
      await runNextRound(world);
      asked.push(goOns(world));
      world.clock.now += 5 * second;
    }
    expect([asked[0], asked[11], asked[12], asked[23], asked[24]]).toEqual([1, 1, 2, 2, 3]);
  });

  it("is asked for no more often while rounds read the ad for another reason", async () => {
    const world = makePollWorld({ marketplace: slow });
    await submitCar(world, "car");
    await submit(world.ports, removal(world, { id: "2", itemId: "car" }), enoughTime);
    world.clock.now += minute;
    for (let round = 0; round < 12; round += 1) {
      await runNextRound(world);
      world.clock.now += 5 * second - 1;
    }
    expect(world.reads).toHaveLength(12);
    expect(goOns(world)).toBe(1);
  });

  it("is asked for again when the hint could not be queued", async () => {
    const world = await waiting();
    world.submitQueue.refuse(() => true);
    world.clock.now += 1;
    await runNextRound(world);
    world.submitQueue.refuse(() => false);
    await runUntilQuiet(world);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("is asked for at once again when submit has taken the hint", async () => {
    const world = await waiting();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 10 });
    world.clock.now += 1;
    await runNextRound(world);
    await submit(world.ports, { version: 1, kind: "go-on", ...key("car") }, enoughTime);
    world.clock.now += 10 * second;
    await runNextRound(world);
    expect(goOns(world)).toBe(2);
  });
});

describe("a token", () => {
  const rename = (world: World, name: string) => {
    Object.assign(world.tokens[0] ?? {}, { tokenId: name });
  };

  it("of another name takes its waiting ads along: the old chain's round moves them", async () => {
    const world = makePollWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 30 });
    await submitCar(world, "car");
    rename(world, "renamed");
    world.clock.now += 30 * second;
    await runNextRound(world);
    expect(await world.table.load(key("car"))).toMatchObject({ tokenId: "renamed" });
    expect(chainOf(world, "renamed")).toMatchObject({ asleep: false });
    await runUntilQuiet(world);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("of another name takes along what is being read", async () => {
    const world = makePollWorld({ marketplace: slow });
    await submitCar(world, "car");
    rename(world, "renamed");
    await runNextRound(world);
    expect(await world.table.load(key("car"))).toMatchObject({ tokenId: "renamed" });
    expect(world.reads).toEqual([]);
  });

  it("of another name during a call has a chain of its own when that ends", async () => {
    const world = makePollWorld({ marketplace: slow });
    const { write } = world.ports.marketplace;
    world.ports.marketplace.write = async (call) => {
      const reply = await write(call);
      rename(world, "renamed");
      return reply;
    };
    await submitCar(world, "car");
    expect(await world.table.load(key("car"))).toMatchObject({ tokenId: "renamed" });
    expect(chainOf(world, "renamed")).toMatchObject({ asleep: false });
  });

  it("that is found only later gets the wishes that waited for it", async () => {
    const world = makePollWorld();
    const [group] = world.tokens.splice(0, 1);
    const ad = carDocument("ABC123");
    const message = upsert(world, { id: "1", itemId: "car", vehicleType: "car", ad });
    await submit(world.ports, message, enoughTime);
    await runFor(world, 12 * minute);
    expect(world.reads).toEqual([]);
    if (group !== undefined) {
      world.tokens.push(group);
    }
    await runUntilQuiet(world);
    expect(await world.table.load(key("car"))).toMatchObject({ tokenId, wish: { state: "ended" } });
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("that is gone while an ad is open lets it go on when it is back", async () => {
    const { world, bringBack } = await withOpenAdAndNoToken();
    bringBack();
    await runUntilQuiet(world);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("that is gone for good while an ad is open is that ad's matter alone", async () => {
    const { world } = await withOpenAdAndNoToken();
    const [solo] = world.tokens.splice(0, 1);
    const ad = carDocument("XYZ789");
    const message = upsert(world, { id: "1", itemId: "other", dealerCode: "SOLO", vehicleType: "car", ad });
    await submit(world.ports, message, enoughTime);
    await runFor(world, 7 * minute).catch(() => undefined);
    world.tokens.push(...(solo === undefined ? [] : [solo]));
    for (let minutes = 0; minutes < 30; minutes += 1) {
      await runFor(world, minute).catch(() => undefined);
    }
    expect(await world.table.load({ dealerCode: "SOLO", itemId: "other" })).toMatchObject({ tokenId: "solo" });
  });
});

/** A car that the marketplace is at work on, and the token by which it would be read taken away. */
async function withOpenAdAndNoToken() {
  const world = makePollWorld({ marketplace: slow });
  await submitCar(world, "car");
  const taken = world.tokens.splice(0, 1);
  await submit(world.ports, { version: 1, kind: "go-on", ...key("car") }, enoughTime);
  return { world, bringBack: () => world.tokens.push(...taken) };
}
