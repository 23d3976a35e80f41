import { describe, expect, it } from "vitest";
import type { SettingsPatch } from "#local/simulator/settings.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { makeWorld, type World } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { boatDocument, carDocument, removal, upsert } from "#test/support/world/wishes.ts";

const minute = 60_000;
const hour = 60 * minute;
const key = { dealerCode: "DEMO", itemId: "item" };

const car = (world: World, id: string, amount = 99_000): QueueMessage => {
  const ad = carDocument("ABC123", { price: [{ type: "list", amount }] });
  return upsert(world, { id, itemId: "item", vehicleType: "car", ad });
};
const remove = (world: World, id: string): QueueMessage => removal(world, { id, itemId: "item" });
const receipts = ({ table }: World) =>
  table.receipts(key).map(({ eventId, outcome, reason }) => `${eventId} ${outcome} ${reason}`);
const told = ({ bus }: World) => bus.published().map(({ type }) => type);
const writes = ({ marketplace }: World) =>
  marketplace.requests().flatMap(({ method, status }) => (method === "GET" ? [] : [`${method} ${status}`]));
const livePrices = ({ marketplace }: World) =>
  marketplace.ads().flatMap(({ liveDocument }) => (liveDocument === null ? [] : [liveDocument.price]));
const priceOf = (amount: number) => [[{ type: "list", amount }]];

describe.each<[string, SettingsPatch]>([
  ["the newest documents' API", {}],
  ["one that replaces on PUT", { quirks: { putSemantics: "replace" } }],
  ["one that answers 409 and an array", { quirks: { duplicateStatus: 409, pageEnvelope: "array", logField: "logs" } }],
  [
    "one that lists a row per write, newest entry first",
    { quirks: { rowsPerSourceId: "per-write", logOrder: "descending" } },
  ],
])("with %s", (_name, marketplace) => {
  it("a POST that was lost after it acted is found, not made again", async () => {
    const world = makeWorld({ marketplace });
    world.marketplace.addFault({ match: { method: "POST" }, kind: "drop-after" });
    await world.submitQueue.send([car(world, "1")]);
    await runUntilQuiet(world);
    expect([writes(world), receipts(world), told(world)]).toEqual([
      ["POST null"],
      ["1 applied published"],
      ["AdPublished"],
    ]);
  });

  it("a POST that was lost before it acted is made again", async () => {
    const world = makeWorld({ marketplace });
    world.marketplace.addFault({ match: { method: "POST" }, kind: "drop-before" });
    await world.submitQueue.send([car(world, "1")]);
    await runUntilQuiet(world);
    expect([writes(world), receipts(world)]).toEqual([["POST null", "POST 201"], ["1 applied published"]]);
  });

  it("a change, a removal and a return of one car are three writes and a new listing", async () => {
    const world = makeWorld({ marketplace });
    for (const message of [car(world, "1", 1), car(world, "2", 2), remove(world, "3"), car(world, "4", 4)]) {
      await world.submitQueue.send([message]);
      await runUntilQuiet(world);
    }
    expect(writes(world)).toEqual(["POST 201", "PUT 200", "DELETE 200", "POST 201"]);
    expect(told(world)).toEqual(["AdPublished", "AdPublished", "AdDeleted", "AdPublished"]);
    expect(livePrices(world)).toEqual(priceOf(4));
  });

  it("a field that is gone from the document is gone from the ad", async () => {
    const world = makeWorld({ marketplace });
    const boat = (id: string, ad = boatDocument()) => upsert(world, { id, itemId: "item", vehicleType: "boat", ad });
    await world.submitQueue.send([boat("1", boatDocument({ video_url: "https://a.example/v" }))]);
    await runUntilQuiet(world);
    await world.submitQueue.send([boat("2")]);
    await runUntilQuiet(world);
    expect(receipts(world)).toEqual(["1 applied published", "2 applied published"]);
    expect(world.marketplace.ads()[0]?.liveDocument?.video_url ?? null).toBeNull();
  });
});

describe("a listing that is dead", () => {
  it("gives way to the next generation when a PUT of ours meets it", async () => {
    const world = makeWorld();
    await world.submitQueue.send([car(world, "1", 1)]);
    await runUntilQuiet(world);
    const path = `/v4/ad/${world.marketplace.ads()[0]?.sourceId}`;
    world.marketplace.handle({
      method: "DELETE",
      path,
      query: "",
      headers: { "x-auth-token": "sandbox-token" },
      body: "",
    });
    await runFor(world, minute);
    await world.submitQueue.send([car(world, "2", 2)]);
    await runUntilQuiet(world);
    expect(writes(world)).toEqual(["POST 201", "DELETE 200", "PUT 400", "POST 201"]);
    expect(told(world)).toEqual(["AdPublished", "AdPublished"]);
    expect(livePrices(world)).toEqual(priceOf(2));
  });
});

describe("a listing of an earlier integration", () => {
  const takenOver = async () => {
    const world = makeWorld();
    const body = JSON.stringify({
      source_id: "item",
      dealer_code: "DEMO",
      category_id: 1020,
      ...carDocument("ABC123"),
    });
    const headers = { "x-auth-token": "sandbox-token", "content-type": "application/json" };
    world.marketplace.handle({ method: "POST", path: "/v4/car", query: "", headers, body });
    await runFor(world, minute);
    await world.submitQueue.send([{ ...car(world, "1", 1), listingIds: "item-id" } as QueueMessage]);
    await runUntilQuiet(world);
    return world;
  };

  it("is looked up by its id, and gets the whole wish as a PUT", async () => {
    const world = await takenOver();
    expect(writes(world)).toEqual(["POST 201", "PUT 200"]);
    expect(livePrices(world)).toEqual(priceOf(1));
  });
});

describe("a marketplace in trouble", () => {
  it("for ten minutes of 503: the wish arrives once it is over, told once", async () => {
    const world = makeWorld();
    world.marketplace.addFault({ match: {}, kind: "status", status: 503, times: 10_000 });
    await world.submitQueue.send([car(world, "1", 1)]);
    await runFor(world, 10 * minute);
    world.marketplace.clearFaults();
    await runUntilQuiet(world);
    expect([receipts(world), told(world), livePrices(world)]).toEqual([
      ["1 applied published"],
      ["AdPublished"],
      priceOf(1),
    ]);
  });

  it("that says 429 is left alone for as long as it says", async () => {
    const world = makeWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 600 });
    await world.submitQueue.send([car(world, "1")]);
    await runFor(world, 10 * minute - 1_000);
    expect(writes(world)).toEqual(["POST 429"]);
    await runUntilQuiet(world);
    expect(writes(world)).toEqual(["POST 429", "POST 201"]);
  });

  it("lets a document through that came after a DELETE which never went out", async () => {
    const world = makeWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 503, times: 10_000 });
    world.marketplace.addFault({ match: { method: "DELETE" }, kind: "status", status: 429, retryAfter: 600 });
    await world.submitQueue.send([car(world, "1", 1)]);
    await runFor(world, 1_000);
    await world.submitQueue.send([remove(world, "2")]);
    await runFor(world, 2 * minute);
    await world.submitQueue.send([car(world, "3", 3)]);
    world.marketplace.clearFaults();
    await runFor(world, hour);
    expect(livePrices(world)).toEqual(priceOf(3));
  });
});

describe("a car sold while its create is stuck", () => {
  it("is deleted after its minute, and comes back when wished for again", async () => {
    const world = makeWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "stuck", delayMs: 10 * minute });
    await world.submitQueue.send([car(world, "1", 1)]);
    await runFor(world, 1_000);
    await world.submitQueue.send([remove(world, "2")]);
    await runFor(world, 50_000);
    expect(writes(world)).toEqual(["POST 201"]);
    await runFor(world, 30_000);
    expect(writes(world)).toEqual(["POST 201", "DELETE 200"]);
    await world.submitQueue.send([car(world, "3", 3)]);
    await runUntilQuiet(world);
    expect(livePrices(world)).toEqual(priceOf(3));
    expect(receipts(world).at(-1)).toBe("3 applied published");
  });
});
