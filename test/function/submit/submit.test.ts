import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import type { Reply, WriteCall } from "#shared/ad/marketplace.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { makeWorld, type World } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { carDocument, removal, upsert } from "#test/support/world/wishes.ts";

const enoughTime = { remainingMs: () => 60_000 };
const key: AdKey = { dealerCode: "DEMO", itemId: "car" };
const car = (world: World, id: string, amount = 99_000): QueueMessage => {
  const ad = carDocument("ABC123", { price: [{ type: "list", amount }] });
  return upsert(world, { id, itemId: "car", vehicleType: "car", ad });
};
const writesOf = ({ marketplace }: World) =>
  marketplace.requests().flatMap(({ method, path, status }) => (method === "GET" ? [] : [{ method, path, status }]));
const loadCar = async ({ table }: World) => {
  const ad = await table.load(key);
  if (ad === null) {
    throw new Error("the car is not stored");
  }
  return ad;
};

/** The world with a marketplace that looks at it before each write is made. */
function watchWrites(world: World, look: (call: WriteCall) => Promise<void>, reply?: Reply): void {
  const { marketplace } = world.ports;
  world.ports.marketplace = {
    ...marketplace,
    write: async (call) => {
      await look(call);
      return reply ?? marketplace.write(call);
    },
  };
}

describe("an upsert", () => {
  it("has its intent stored, and its chain running, before the call is made", async () => {
    const world = makeWorld();
    const seen: unknown[] = [];
    watchWrites(world, async ({ attemptId, callUntil }) => {
      const { wish, submissions } = await loadCar(world);
      seen.push({ wish: wish?.state, phase: submissions[0]?.phase, asked: { attemptId, callUntil } });
      expect(world.table.dueAt(key)).not.toBeNull();
      expect(world.chains.chains()).toMatchObject([{ tokenId: "demo-group", asleep: false }]);
    });
    await submit(world.ports, car(world, "1"), enoughTime);
    const attempt = { attemptId: "attempt-1", callUntil: world.clock.now + 10_000 };
    expect(seen).toEqual([{ wish: "taken", phase: { kind: "calling", ...attempt }, asked: attempt }]);
    expect((await loadCar(world)).submissions).toMatchObject([{ phase: { kind: "answered" } }]);
  });

  it("makes no call when the intent can't be stored", async () => {
    const world = makeWorld();
    world.ports.table = { ...world.table, save: () => Promise.reject(new RetryableError("throttled")) };
    await expect(submit(world.ports, car(world, "1"), enoughTime)).rejects.toThrow(RetryableError);
    expect(writesOf(world)).toEqual([]);
  });

  it("is decided anew when another writer was faster, and makes one call", async () => {
    const world = makeWorld();
    let races = 0;
    const { save } = world.table;
    world.ports.table = {
      ...world.table,
      save: async (ad, dueAt) => {
        races += 1;
        if (races === 1) {
          await submit({ ...world.ports, table: world.table }, car(world, "1"), enoughTime);
        }
        return save(ad, dueAt);
      },
    };
    await submit(world.ports, removal(world, { id: "2", itemId: "car" }), enoughTime);
    expect(await loadCar(world)).toMatchObject({ wish: { state: "waiting" }, submissions: [{ event: { id: "1" } }] });
    expect(writesOf(world)).toHaveLength(1);
  });

  it("is in doubt when the reply is lost; the message is done with, and the doubt resolves itself", async () => {
    const world = makeWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "drop-after" });
    await submit(world.ports, car(world, "1"), enoughTime);
    expect((await loadCar(world)).submissions).toMatchObject([{ phase: { kind: "doubt" }, wasInDoubt: true }]);
    await runUntilQuiet(world);
    expect(world.table.receipts(key)).toMatchObject([{ eventId: "1", outcome: "applied", reason: "published" }]);
    expect(writesOf(world)).toHaveLength(1);
  });

  it("that arrives twice has one effect", async () => {
    const world = makeWorld();
    const message = car(world, "1");
    await submit(world.ports, message, enoughTime);
    const { version: _first, ...once } = await loadCar(world);
    await submit(world.ports, message, enoughTime);
    expect(await loadCar(world)).toMatchObject(once);
    await runUntilQuiet(world);
    await submit(world.ports, message, enoughTime);
    await runUntilQuiet(world);
    expect(writesOf(world)).toHaveLength(1);
    expect(world.table.receipts(key)).toHaveLength(1);
    expect(world.bus.published()).toHaveLength(1);
  });

  it("that comes again after a newer one changes nothing", async () => {
    const world = makeWorld();
    const first = car(world, "1", 1);
    await submit(world.ports, first, enoughTime);
    await runUntilQuiet(world);
    await submit(world.ports, car(world, "2", 2), enoughTime);
    await runUntilQuiet(world);
    await submit(world.ports, first, enoughTime);
    expect((await loadCar(world)).wish?.event.id).toBe("2");
    expect(world.table.receipts(key).map(({ eventId, reason }) => `${eventId} ${reason}`)).toEqual([
      "1 published",
      "2 published",
    ]);
  });

  it("of a dealer without a token is kept, without a call, and due for another look", async () => {
    const world = makeWorld();
    const ad = carDocument("ABC123");
    const message = upsert(world, { id: "1", itemId: "car", dealerCode: "NOBODY", vehicleType: "car", ad });
    await submit(world.ports, message, enoughTime);
    const [stored] = world.table.ads();
    expect(stored).toMatchObject({ tokenId: "unassigned", wish: { state: "waiting" }, submissions: [] });
    expect(world.table.dueAt({ dealerCode: "NOBODY", itemId: "car" })).not.toBeNull();
    expect(world.chains.chains()).toMatchObject([{ tokenId: "unassigned" }]);
    expect(writesOf(world)).toEqual([]);
  });
});

describe("the time that is left", () => {
  it("is too little: the message is kept for later, untouched", async () => {
    const world = makeWorld();
    const deadline = { remainingMs: () => 13_000 };
    await expect(submit(world.ports, car(world, "1"), deadline)).rejects.toThrow(RetryableError);
    expect([world.table.ads(), world.submitQueue.messages()]).toEqual([[], []]);
  });

  it("runs out after the first call: what it brought is stored, and no second one is begun", async () => {
    const world = makeWorld();
    let remaining = 60_000;
    watchWrites(
      world,
      async () => {
        remaining = 5_000;
      },
      { kind: "not-made", retryAfterMs: 0, reason: "HTTP 429", throttled: true },
    );
    await submit(world.ports, car(world, "1"), { remainingMs: () => remaining });
    expect((await loadCar(world)).submissions).toMatchObject([{ attempts: 1, phase: { kind: "ready" } }]);
    expect(world.table.dueAt(key)).toBeLessThanOrEqual(world.clock.now);
  });

  it("is spent on six calls for one message at most", async () => {
    const world = makeWorld();
    let calls = 0;
    watchWrites(
      world,
      async () => {
        calls += 1;
      },
      { kind: "not-made", retryAfterMs: 0, reason: "HTTP 429", throttled: true },
    );
    await submit(world.ports, car(world, "1"), enoughTime);
    expect(calls).toBe(6);
  });
});

describe("a bus that is down", () => {
  it("puts no write in doubt: the reply is stored first, the rows wait in the outbox", async () => {
    const world = makeWorld();
    world.ports.bus = { publish: () => Promise.reject(new RetryableError("bus down")) };
    const ad = carDocument("BAD001");
    ad.category_fields.brand = "trabant";
    const message = upsert(world, { id: "1", itemId: "car", vehicleType: "car", ad });
    await expect(submit(world.ports, message, enoughTime)).rejects.toThrow("bus down");
    const { submissions, outbox } = await loadCar(world);
    expect(submissions).toEqual([]);
    expect(outbox.map(({ kind }) => kind)).toEqual(["ad-event", "receipt"]);
    world.ports.bus = world.bus;
    await submit(world.ports, message, enoughTime);
    expect(world.bus.published()).toEqual([]);
    await runFor(world, 10_000);
    expect((await loadCar(world)).outbox).toEqual([]);
    expect(world.bus.published()).toMatchObject([{ type: "AdErrored" }]);
    expect(writesOf(world)).toHaveLength(1);
  });

  it("is caught up with by a round, under the same ids", async () => {
    const world = makeWorld();
    world.bus.refuse(() => true);
    await submit(world.ports, car(world, "1"), enoughTime);
    await runFor(world, 30_000);
    expect([world.bus.published(), world.table.history(key).length]).toEqual([[], 1]);
    world.bus.refuse(() => false);
    await runUntilQuiet(world);
    expect(world.bus.published()).toEqual(world.table.history(key));
  });
});

describe("a rejected event", () => {
  const errors = [{ pointer: "/data/ad", code: "required", message: "ad is required." }];
  const rejected = (world: World, item: { dealerCode: string; itemId: string } | null): QueueMessage => ({
    version: 1,
    kind: "rejected-event",
    source: "dms",
    eventId: "1",
    item,
    receivedAt: world.clock.now,
    errors,
  });

  it.each<[string, { dealerCode: string; itemId: string } | null, AdKey]>([
    ["its item", { dealerCode: "DEMO", itemId: "car" }, key],
    ["its source where it names no item", null, { source: "dms" }],
  ])("files a receipt and an InventoryEventRejected under %s, once", async (_name, item, filedUnder) => {
    const world = makeWorld();
    await submit(world.ports, rejected(world, item), enoughTime);
    await submit(world.ports, rejected(world, item), enoughTime);
    expect(world.table.receipts(filedUnder)).toMatchObject([{ eventId: "1", outcome: "rejected", details: errors }]);
    expect(world.table.history(filedUnder)).toMatchObject([{ type: "InventoryEventRejected", data: { errors } }]);
    expect(world.bus.published()).toHaveLength(1);
    expect(writesOf(world)).toEqual([]);
    expect(world.table.dueAt(filedUnder)).toBeNull();
  });

  it("does not stop a good one of the same item", async () => {
    const world = makeWorld();
    await submit(world.ports, rejected(world, { dealerCode: "DEMO", itemId: "car" }), enoughTime);
    await submit(world.ports, car(world, "2"), enoughTime);
    await runUntilQuiet(world);
    expect(world.bus.published().map(({ type, metadata }) => `${metadata.sequence} ${type}`)).toEqual([
      "1 InventoryEventRejected",
      "2 AdPublished",
    ]);
  });
});
