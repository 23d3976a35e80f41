import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { makeWorld, type World } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { bump, carDocument, removal, upsert } from "#test/support/world/wishes.ts";

const minute = 60_000;
const enoughTime = { remainingMs: () => minute };
const car = (world: World, itemId: string, dealerCode = "DEMO"): QueueMessage =>
  upsert(world, { id: `${itemId}-1`, itemId, dealerCode, vehicleType: "car", ad: carDocument(`AB${itemId}`) });
const calls = ({ marketplace }: World) =>
  marketplace.requests().map(({ method, path, status }) => `${method} ${path.split("/")[2]} ${status}`);
const writes = ({ marketplace }: World) => marketplace.requests().filter(({ method }) => method === "POST").length;
const fail = (world: World, status: number, times = 10_000, method?: string) =>
  world.marketplace.addFault({ match: method === undefined ? {} : { method }, kind: "status", status, times });
const told = ({ bus }: World) => bus.published().map(({ type }) => type);

describe("a dead token", () => {
  it("closes the lanes of all its dealers with one call; another token's go on", async () => {
    const world = makeWorld();
    fail(world, 401, 1);
    await submit(world.ports, car(world, "100"), enoughTime);
    await submit(world.ports, car(world, "200", "DEMO2"), enoughTime);
    await submit(world.ports, car(world, "300", "SOLO"), enoughTime);
    expect(calls(world)).toEqual(["POST car 401", "POST car 201"]);
    expect(world.lanes.lanes()).toMatchObject([{ tokenId: "demo-group", dealerCode: null, reason: "unauthorized" }]);
    const held = await world.table.load({ dealerCode: "DEMO2", itemId: "200" });
    expect(held).toMatchObject({ submissions: [], wish: { state: "waiting" } });
    expect(held?.heldUntil).toBeGreaterThanOrEqual(world.clock.now + 5 * minute);
  });

  it("lets everything through by itself once it lives again, each wish told once", async () => {
    const world = makeWorld();
    fail(world, 401, 10_000);
    for (const itemId of ["100", "200", "300"]) {
      await world.submitQueue.send([car(world, itemId)]);
    }
    await runFor(world, 29 * minute);
    expect([told(world), world.submitQueue.messages()]).toEqual([[], []]);
    expect(writes(world)).toBeLessThanOrEqual(7);
    world.marketplace.clearFaults();
    await runUntilQuiet(world);
    expect(told(world).filter((type) => type === "AdPublished")).toHaveLength(3);
    expect(world.lanes.lanes()).toEqual([]);
  });

  it("that is replaced is tried at once by the next event; those that wait follow when they are asked for", async () => {
    const world = makeWorld();
    const replace = (token: string) => Object.assign(world.tokens[0] ?? {}, { token });
    replace("expired-token");
    const asked = ["100", "200"].map((itemId) => ({ version: 1, kind: "go-on", dealerCode: "DEMO", itemId }) as const);
    await submit(world.ports, car(world, "100"), enoughTime);
    await submit(world.ports, car(world, "200"), enoughTime);
    expect(calls(world)).toEqual(["POST car 401"]);
    replace("sandbox-token");
    world.clock.now += 1_000;
    await submit(world.ports, car(world, "300"), enoughTime);
    expect(calls(world)).toEqual(["POST car 401", "POST car 201"]);
    expect(world.lanes.lanes()).toEqual([]);
    world.clock.now += 10 * minute;
    for (const message of asked) {
      await submit(world.ports, message, enoughTime);
    }
    expect(calls(world).filter((call) => call === "POST car 201")).toHaveLength(3);
  });
});

describe("403", () => {
  it("on a write that a free read confirms closes the dealer's lane", async () => {
    const world = makeWorld();
    fail(world, 403, 2);
    await submit(world.ports, car(world, "100"), enoughTime);
    await submit(world.ports, car(world, "200"), enoughTime);
    await submit(world.ports, car(world, "300", "DEMO2"), enoughTime);
    expect(calls(world)).toEqual(["POST car 403", "GET ad 403", "POST car 201"]);
    expect(world.lanes.lanes()).toMatchObject([{ dealerCode: "DEMO", reason: "forbidden" }]);
    expect(told(world)).toEqual([]);
  });

  it("on a write beside a read that goes well refuses that write alone", async () => {
    const world = makeWorld();
    fail(world, 403, 1, "POST");
    await submit(world.ports, car(world, "100"), enoughTime);
    expect(told(world)).toEqual(["AdErrored"]);
    expect(world.lanes.lanes()).toEqual([]);
  });

  it("on a charged call refuses that call alone", async () => {
    const world = makeWorld();
    await world.submitQueue.send([car(world, "100")]);
    await runUntilQuiet(world);
    world.marketplace.addFault({ match: { path: "/v4/ad" }, kind: "status", status: 403 });
    await submit(world.ports, bump(world, { id: "b", itemId: "100" }), enoughTime);
    expect(told(world)).toEqual(["AdPublished", "AdErrored"]);
    expect(world.lanes.lanes()).toEqual([]);
    expect(world.table.receipts({ dealerCode: "DEMO", itemId: "100" }).at(-1)).toMatchObject({
      eventId: "b",
      outcome: "failed",
    });
  });
});

describe("failures in a row", () => {
  it("close the lane at the fifth, so that a long stock makes five calls and then one each five minutes", async () => {
    const world = makeWorld();
    fail(world, 503, 100_000);
    for (let item = 0; item < 20; item += 1) {
      await submit(world.ports, car(world, String(100 + item)), enoughTime);
    }
    expect(world.marketplace.requests()).toHaveLength(5);
    const before = world.marketplace.requests().length;
    world.clock.now += 5 * minute;
    for (let item = 0; item < 20; item += 1) {
      await submit(
        world.ports,
        { version: 1, kind: "go-on", dealerCode: "DEMO", itemId: String(100 + item) },
        enoughTime,
      );
    }
    expect(world.marketplace.requests().length - before).toBeLessThanOrEqual(1);
  });

  it("do not close it where a good call comes between", async () => {
    const world = makeWorld();
    for (let item = 0; item < 4; item += 1) {
      fail(world, 503, 1, "POST");
      await submit(world.ports, car(world, String(100 + item)), enoughTime);
    }
    await submit(world.ports, car(world, "200"), enoughTime);
    expect(world.lanes.lanes()).toEqual([]);
  });
});

describe("a bump", () => {
  it("is charged once, told once, however often it is delivered", async () => {
    const world = makeWorld();
    await world.submitQueue.send([car(world, "100")]);
    await runUntilQuiet(world);
    const message = bump(world, { id: "b", itemId: "100" });
    await world.submitQueue.send([message, message]);
    await runUntilQuiet(world);
    await world.submitQueue.send([message]);
    await runUntilQuiet(world);
    expect(world.marketplace.charges()).toEqual({ bump: 1, pole_position: 0 });
    expect(told(world)).toEqual(["AdPublished", "AdBumped"]);
  });

  it.each(["drop-after", "hang"] as const)(
    "whose answer is lost (%s) is charged once and found in the log",
    async (kind) => {
      const world = makeWorld();
      await world.submitQueue.send([car(world, "100")]);
      await runUntilQuiet(world);
      world.marketplace.addFault({ match: { path: "/v4/ad" }, kind });
      await world.submitQueue.send([bump(world, { id: "b", itemId: "100" })]);
      await runUntilQuiet(world);
      const acted = kind === "drop-after";
      expect(world.marketplace.charges().bump).toBe(acted ? 1 : 0);
      expect(told(world)).toEqual(["AdPublished", acted ? "AdBumped" : "AdErrored"]);
    },
  );
});

describe("one ad's own trouble", () => {
  /** How many minutes after its event an item's AdDeleted is told. */
  async function removedAfter(world: World, itemId: string): Promise<number> {
    const askedAt = world.clock.now;
    await world.submitQueue.send([removal(world, { id: `${itemId}-2`, itemId })]);
    await runFor(world, 60 * minute);
    const event = world.bus
      .published()
      .find(({ type, metadata }) => type === "AdDeleted" && metadata.itemId === itemId);
    return (Date.parse(event?.metadata.publishedAt ?? "") - askedAt) / minute;
  }

  async function liveCars(): Promise<World> {
    const world = makeWorld();
    await world.submitQueue.send(["100", "200", "300"].map((itemId) => car(world, itemId)));
    await runUntilQuiet(world);
    return world;
  }

  it("a listing that is gone is made anew, and keeps no other ad of its dealer out", async () => {
    const world = await liveCars();
    const ad = await world.table.load({ dealerCode: "DEMO", itemId: "100" });
    const gone = ad?.listings[0]?.id;
    for (const path of [`/v4/car/${gone}`, `/v4/ad/${gone}`]) {
      world.marketplace.addFault({ match: { path }, kind: "status", status: 404, times: 10_000 });
    }
    const changed = { ...carDocument("AB100"), body: "Changed." };
    await world.submitQueue.send([
      upsert(world, { id: "100-2", itemId: "100", dealerCode: "DEMO", vehicleType: "car", ad: changed }),
    ]);
    await runFor(world, 30 * minute);
    expect(world.lanes.lanes()).toEqual([]);
    expect(await removedAfter(world, "200")).toBeLessThan(2);
    expect((await world.table.load({ dealerCode: "DEMO", itemId: "100" }))?.listings.at(-1)?.generation).toBe(2);
  });

  it("a correction that is not checked keeps no other ad of its dealer out", async () => {
    const world = await liveCars();
    world.marketplace.addFault({ match: { path: "/v4/car/validate" }, kind: "status", status: 500, times: 10_000 });
    await world.submitQueue.send([
      upsert(world, { id: "100-2", itemId: "100", dealerCode: "DEMO", vehicleType: "car", ad: carDocument("XYZ999") }),
    ]);
    await runFor(world, 60 * minute);
    expect(told(world)).toContain("AdStalled");
    expect(world.lanes.lanes()).toEqual([]);
    expect(await removedAfter(world, "200")).toBeLessThan(2);
  });
});
