import { describe, expect, it } from "vitest";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { apiKey } from "#test/function/receive/front-door.ts";
import { sampleAd, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";
import { statusDoor } from "./status-door.ts";

async function doorWith(...receipts: Partial<Receipt>[]) {
  const door = statusDoor();
  await door.table.save(sampleAd(volvo), null);
  for (const receipt of receipts) {
    await door.table.writeReceipt(volvo, sampleReceipt({ source: "dms", ...receipt }));
  }
  return door;
}

describe("the receipt of an event", () => {
  it("is told in words, with the item it was about", async () => {
    const door = await doorWith({ eventId: "evt-1" });
    const { status, headers, body } = await door.get("/sources/dms/inventory-events/evt-1");
    expect([status, headers?.["cache-control"]]).toEqual([200, "no-store"]);
    expect(body).toEqual({
      id: "evt-1",
      source: "dms",
      ...volvo,
      outcome: "applied",
      reason: "published",
      words: "The ad is published.",
      at: "2026-11-21T08:00:00.250Z",
      errors: [],
      warnings: [],
    });
    expect(door.lines).toMatchObject([
      { level: "event", name: "status.answered", fields: { source: "dms", authentication: "signature", status: 200 } },
    ]);
  });

  it("carries the errors of one that was refused", async () => {
    const details = [{ code: "invalid", pointer: "/price", message: "Too cheap." }];
    const door = await doorWith({ eventId: "evt-1", outcome: "failed", reason: "refused", details });
    const { body } = await door.get("/sources/dms/inventory-events/evt-1");
    expect(body).toMatchObject({
      outcome: "failed",
      words: expect.stringContaining("refused"),
      errors: details,
      warnings: [],
    });
  });

  it("carries what the door had to say of one that went well, and not as an error", async () => {
    const warnings = [{ code: "missing-body", pointer: "/body", message: "The ad has no text." }];
    const { body } = await (await doorWith({ eventId: "evt-1", warnings })).get("/sources/dms/inventory-events/evt-1");
    expect(body).toMatchObject({ outcome: "applied", errors: [], warnings });
  });

  it.each(["evt/1", "100% å 🚗", "urn:uuid:1-2", "a?b#c"])("is found under the id %j", async (eventId) => {
    const door = await doorWith({ eventId });
    const { status, body } = await door.get(`/sources/dms/inventory-events/${encodeURIComponent(eventId)}`, {
      signs: `GET /sources/dms/inventory-events/${eventId}`,
    });
    expect([status, body.id]).toEqual([200, eventId]);
  });

  it("shows every item that a source has used one id for", async () => {
    const door = await doorWith({ eventId: "evt-1" });
    await door.table.save(sampleAd({ dealerCode: "DEMO", itemId: "second" }), null);
    const second = sampleReceipt({ source: "dms", eventId: "evt-1", at: Date.parse("2026-12-24") });
    await door.table.writeReceipt({ dealerCode: "DEMO", itemId: "second" }, second);
    const { body } = await door.get("/sources/dms/inventory-events/evt-1");
    expect(body).toMatchObject({ itemId: "volvo-1", others: [{ itemId: "second" }] });
  });

  it("of an event that named no item of its dealers is shown without one", async () => {
    const door = statusDoor();
    await door.table.save(sampleAd({ source: "dms" }), null);
    const receipt = sampleReceipt({ source: "dms", eventId: "evt-1", outcome: "rejected", reason: "invalid" });
    await door.table.writeReceipt({ source: "dms" }, receipt);
    const { body } = await door.get("/sources/dms/inventory-events/evt-1");
    expect(body).toMatchObject({ dealerCode: null, itemId: null, outcome: "rejected" });
  });

  it.each([
    ["another source's event", "dms", "theirs"],
    ["its own event about a dealer it speaks for no longer", "other", "lost"],
    ["an event that never came", "dms", "never"],
  ])("is not there for %s", async (_, source, id) => {
    const door = await doorWith({ eventId: "theirs", source: "keyed" }, { eventId: "lost", source: "other" });
    const answer = await door.get(`/sources/${source}/inventory-events/${id}`);
    expect(answer).toMatchObject({ status: 404, body: { type: "/problems/no-receipt" } });
  });
});

describe("who asks", () => {
  const path = "/sources/dms/inventory-events/evt-1";
  it.each([
    ["another event's address", "GET /sources/dms/inventory-events/evt-2", "invalid-signature"],
    ["a POST", "", "invalid-signature"],
    ["the address alone", path, "invalid-signature"],
  ])("is turned away with a signature made for %s", async (_, signs, slug) => {
    const door = await doorWith({ eventId: "evt-1" });
    expect(await door.get(path, { signs })).toMatchObject({ status: 401, body: { type: `/problems/${slug}` } });
  });

  it("is turned away with nothing", async () => {
    const door = await doorWith({ eventId: "evt-1" });
    expect(await door.get(path, { headers: {} })).toMatchObject({ status: 401, body: { type: "/problems/unsigned" } });
    expect(await door.get("/sources/nobody/items/DEMO/x")).toMatchObject({ status: 404 });
  });

  it("may prove itself by a key, where that was agreed", async () => {
    const door = await doorWith({ eventId: "evt-1", source: "keyed" });
    const headers = { "x-api-key": apiKey };
    expect((await door.get("/sources/keyed/inventory-events/evt-1", { headers })).status).toBe(200);
    expect((await door.get(path, { headers })).status).toBe(401);
  });

  it("is held back when asking too fast", async () => {
    const door = await doorWith();
    const ask = () => door.get("/sources/other/items/OTHER/x");
    expect([(await ask()).status, await ask()]).toMatchObject([404, { status: 429, headers: { "retry-after": "10" } }]);
  });
});
