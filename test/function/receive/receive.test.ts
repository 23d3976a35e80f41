import { describe, expect, it } from "vitest";
import { indexValues } from "#shared/contracts/known-values.ts";
import { queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { carEvent, changed, removedEvent, upsertedBoat } from "#test/unit/contracts/inventory-samples.ts";
import { frontDoor, newSecret, now, sources } from "./front-door.ts";

const unknownType = { ...removedEvent, id: "evt-3", type: "inventory.item.patched" };
const othersDealer = changed(removedEvent, ["data", "dealerCode"], "OTHER");
const noDealer = changed<unknown>(removedEvent, ["data", "dealerCode"], undefined);

describe("an accepted request", () => {
  it("queues one event as the contract says, and answers only then", async () => {
    const door = frontDoor();
    const { status, headers, body } = await door.post({ body: carEvent, contentType: "application/cloudevents+json" });
    expect(status).toBe(202);
    expect(headers?.["content-type"]).toBe("application/json");
    expect(body).toEqual({ items: [{ id: "evt-0001", status: "queued" }] });
    const { id, type, time, sequence, traceparent, data } = carEvent;
    expect(door.queued).toEqual([
      {
        version: 1,
        kind: "inventory-event",
        listingIds: "uuid",
        event: { source: "dms", id, type, time, sequence, data, receivedAt: now, place: 0, traceparent },
      },
    ]);
    expect(queueMessageSchema.safeParse(JSON.parse(JSON.stringify(door.queued[0]))).success).toBe(true);
  });

  it("says what the dealer would regret behind the queue, and to the sender where nothing is queued", async () => {
    const door = frontDoor();
    const event = changed<unknown>(carEvent, ["data", "ad", "body"], "<b>");
    const strict = await door.post({
      body: [event, { ...removedEvent, data: {} }],
      headers: { prefer: "handling=strict" },
    });
    const { body } = await door.post({ body: event });
    const warning = { code: "replaced-characters", message: 'Blocket shows "-" instead of each "<" and ">".' };
    const warnings = [{ pointer: "/data/ad/body", ...warning }];
    expect(strict.body.items[0]).toEqual({ id: "evt-0001", status: "valid", warnings });
    expect(body.items).toEqual([{ id: "evt-0001", status: "queued" }]);
    expect(door.queued).toMatchObject([{ kind: "inventory-event", warnings: [{ pointer: "/body", ...warning }] }]);
    expect(queueMessageSchema.safeParse(JSON.parse(JSON.stringify(door.queued[0]))).success).toBe(true);
  });

  it("rejects an event by itself whose time no message could hold, and queues those beside it", async () => {
    const door = frontDoor();
    const endless = { ...removedEvent, time: `2026-11-21T08:30:00.${"1".repeat(261_000)}Z` };
    const { status, body } = await door.post({ body: [endless, { ...removedEvent, id: "2", time: null }] });
    expect([status, body.items]).toMatchObject([
      202,
      [
        { status: "rejected", errors: [{ pointer: "/time", code: "too-big" }] },
        { id: "2", status: "queued" },
      ],
    ]);
    expect(door.queued.map(({ kind }) => kind)).toEqual(["rejected-event", "inventory-event"]);
  });

  it.each([
    ["application/cloudevents-batch+json", false],
    ["application/json", true],
  ])("queues a batch in order, with its places (%s, base64: %s)", async (contentType, isBase64Encoded) => {
    const door = frontDoor();
    const boat = { ...carEvent, id: "evt-å😀", data: upsertedBoat };
    const { status, body } = await door.post({ body: [carEvent, boat, removedEvent], contentType, isBase64Encoded });
    expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([
      202,
      ["evt-0001", "evt-å😀", "evt-0002"],
    ]);
    expect(door.queued).toMatchObject([
      { event: { place: 0 } },
      { event: { place: 1, data: upsertedBoat } },
      { event: { place: 2 } },
    ]);
  });

  it("takes repeats within a batch and across requests like the first", async () => {
    const door = frontDoor();
    await door.post({ body: [removedEvent, removedEvent] });
    expect((await door.post({ body: removedEvent })).status).toBe(202);
    expect(door.queued).toHaveLength(3);
  });

  it("takes an empty batch", async () => {
    expect(await frontDoor().post({ body: [] })).toMatchObject({ status: 202, body: { items: [] } });
  });

  it("carries how the source's listings are named", async () => {
    const door = frontDoor();
    await door.post({ source: "legacy", body: changed(removedEvent, ["data", "dealerCode"], "SOLO") });
    expect(door.queued).toMatchObject([{ listingIds: "item-id", event: { source: "legacy" } }]);
  });

  it("is one log line without anything personal", async () => {
    const door = frontDoor();
    await door.post({ body: [{ ...carEvent, data: upsertedBoat }, unknownType] });
    expect(door.lines).toEqual([
      {
        level: "event",
        name: "receive.answered",
        measures: { Accepted: 1, Rejected: 1 },
        fields: {
          requestId: "req-1",
          source: "dms",
          authentication: "signature",
          eventIds: ["evt-0001", "evt-3"],
          queued: 1,
          rejected: 1,
          status: 202,
          traceparents: [carEvent.traceparent],
          durationMs: expect.any(Number),
        },
      },
    ]);
  });
});

describe("an invalid event in an authentic request", () => {
  it("is judged by what the marketplace has lately listed", async () => {
    const door = frontDoor();
    const attributes = { brand: [{ id: "saab", name: "Saab" }] };
    door.known = indexValues([{ vehicleType: "car", fetchedAt: now, attributes, models: {} }]);
    const { body } = await door.post({ body: carEvent });
    const error = { pointer: "/data/ad/category_fields/brand", code: "unknown-value" };
    expect(body.items).toMatchObject([{ id: "evt-0001", status: "rejected", errors: [error] }]);
    expect(door.queued).toMatchObject([{ kind: "rejected-event", errors: [error] }]);
  });

  it("is rejected, not bounced, beside good ones", async () => {
    const door = frontDoor();
    const badPrice = changed<unknown>(carEvent, ["data", "ad", "price", 0, "amount"], "12");
    const { status, body } = await door.post({ body: [badPrice, removedEvent, unknownType, othersDealer, noDealer] });
    expect(status).toBe(202);
    expect(body.items).toMatchObject([
      {
        id: "evt-0001",
        status: "rejected",
        errors: [
          {
            pointer: "/data/ad/price/0/amount",
            code: "invalid-type",
            message: "amount must be whole kronor, as a number without decimals.",
          },
        ],
      },
      { id: "evt-0002", status: "queued" },
      { id: "evt-3", status: "rejected", errors: [{ pointer: "/type", code: "unknown-type" }] },
      { id: "evt-0002", status: "rejected", errors: [{ pointer: "/data/dealerCode", code: "dealer-not-allowed" }] },
      { id: "evt-0002", status: "rejected", errors: [{ pointer: "/data/dealerCode", code: "required" }] },
    ]);
    expect(body.items[1]).not.toHaveProperty("errors");
    const item = { dealerCode: "DEMO", itemId: "abc-123" };
    const rejected = { version: 1, kind: "rejected-event", source: "dms", receivedAt: now };
    expect(door.queued).toMatchObject([
      { ...rejected, eventId: "evt-0001", item, errors: body.items[0].errors },
      { kind: "inventory-event" },
      { ...rejected, eventId: "evt-3", item },
      { ...rejected, item: null },
      { ...rejected, item: null },
    ]);
  });

  it("with strict handling turns the whole request away, and nothing is queued", async () => {
    const door = frontDoor();
    const { status, headers, body } = await door.post({
      body: [removedEvent, unknownType],
      headers: { Prefer: "handling=strict" },
    });
    expect([status, headers?.["content-type"]]).toEqual([422, "application/problem+json"]);
    expect(body).toMatchObject({
      type: "/problems/invalid-items",
      status: 422,
      items: [
        { id: "evt-0002", status: "valid" },
        { id: "evt-3", status: "rejected", errors: [{ pointer: "/type", code: "unknown-type" }] },
      ],
    });
    expect(door.queued).toEqual([]);
  });

  it("with strict handling lets a valid request through", async () => {
    const door = frontDoor();
    const { status, headers } = await door.post({ body: carEvent, headers: { Prefer: "handling=strict" } });
    expect([status, headers?.["preference-applied"]]).toEqual([202, "handling=strict"]);
    expect(door.queued).toHaveLength(1);
  });

  it("is a 403 when none of the dealers is the source's, and nothing is queued", async () => {
    const door = frontDoor();
    const { status, body } = await door.post({ body: [othersDealer, othersDealer] });
    expect(status).toBe(403);
    expect(body).toMatchObject({ type: "/problems/dealer-not-allowed", items: [{ status: "rejected" }, {}] });
    expect(door.queued).toEqual([]);
  });
});

describe("a request turned away", () => {
  const long = changed(carEvent, ["data", "ad", "body"], "x".repeat(256 * 1024));
  it.each([
    ["over the limit", { body: long }, 413, "body-too-large"],
    [
      "over the limit, and unsigned",
      { body: long, headers: { "Webhook-Signature": undefined } },
      413,
      "body-too-large",
    ],
    ["with too many events", { body: Array(101).fill(removedEvent) }, 413, "too-many-events"],
    ["of another content type", { body: carEvent, contentType: "text/xml" }, 415, "content-type"],
    ["in binary mode", { body: carEvent.data, headers: { "Ce-Specversion": "1.0" } }, 415, "binary-mode"],
    ["from an unknown source", { body: carEvent, source: "nobody" }, 404, "unknown-source"],
    ["from a source named like a method", { body: carEvent, source: "__proto__" }, 404, "unknown-source"],
    ["without a signature", { body: carEvent, headers: { "Webhook-Signature": undefined } }, 401, "unsigned"],
    ["with a wrong signature", { body: carEvent, signedBy: newSecret }, 401, "invalid-signature"],
    ["with a changed id", { body: carEvent, headers: { "Webhook-Id": "msg_2" } }, 401, "invalid-signature"],
    ["signed too long ago", { body: carEvent, signedAt: now - 301_000 }, 401, "stale-timestamp"],
    ["signed in the future", { body: carEvent, signedAt: now + 301_000 }, 401, "stale-timestamp"],
    ["that is not JSON, and unsigned", { body: "{", signedBy: newSecret }, 401, "invalid-signature"],
    ["that is not JSON", { body: "{" }, 400, "not-json"],
    ["without a body", { body: "" }, 400, "not-json"],
    ["that is not CloudEvents", { body: { hello: "world" } }, 400, "not-cloudevents"],
    ["of another CloudEvents version", { body: { ...carEvent, specversion: "0.3" } }, 400, "not-cloudevents"],
    ["with one of a batch not a CloudEvent", { body: [carEvent, {}] }, 400, "not-cloudevents"],
  ])("%s: %#", async (_, call, status, slug) => {
    const door = frontDoor();
    const answer = await door.post(call);
    expect(answer).toMatchObject({
      status,
      headers: { "content-type": "application/problem+json" },
      body: { type: `/problems/${slug}`, status, title: expect.any(String), detail: expect.stringMatching(/\.$/) },
    });
    expect(answer.text).not.toMatch(/\.ts|node_modules| {4}at /);
    expect(door.queued).toEqual([]);
    expect(door.lines).toMatchObject([{ level: "event", name: "receive.answered", fields: { status, problem: slug } }]);
  });

  it("takes a body of just the limit", async () => {
    const padded = JSON.stringify(removedEvent).padEnd(256 * 1024);
    expect((await frontDoor().post({ body: padded })).status).toBe(202);
    expect((await frontDoor().post({ body: `${padded} ` })).status).toBe(413);
  });

  it("is to be sent again when any message could not be queued", async () => {
    const door = frontDoor();
    door.notQueued = [1];
    const { status, headers } = await door.post({ body: [carEvent, removedEvent] });
    expect([status, headers?.["retry-after"]]).toEqual([503, expect.any(String)]);
    door.notQueued = [];
    expect((await door.post({ body: [carEvent, removedEvent] })).status).toBe(202);
    expect(door.queued).toHaveLength(3);
  });
});

describe("the sources secret", () => {
  const rotated = {
    ...sources,
    dms: { ...sources.dms, secrets: [newSecret], dealers: ["DEMO"], listingIds: "uuid" as const },
  };

  it("is not read anew for a request that proves itself, nor for one that no secret could cure", async () => {
    const door = frontDoor();
    await door.post({ body: carEvent });
    await door.post({ body: carEvent, signedAt: 0 });
    expect(door.reads).toEqual([false, false]);
  });

  it("is read anew, once, before a signature is refused", async () => {
    const door = frontDoor();
    door.fresh = rotated;
    expect((await door.post({ body: carEvent, signedBy: newSecret })).status).toBe(202);
    door.fresh = sources;
    expect((await door.post({ body: carEvent, signedBy: newSecret })).status).toBe(401);
    expect(door.reads).toEqual([false, true, false, true]);
  });

  it("is read anew for a source that the cache does not know", async () => {
    const door = frontDoor();
    door.cached = {};
    expect((await door.post({ body: carEvent })).status).toBe(202);
  });

  it("may hold the old and the new secret side by side", async () => {
    const door = frontDoor();
    door.cached = { dms: { ...rotated.dms, secrets: [...rotated.dms.secrets, ...(sources.dms?.secrets ?? [])] } };
    expect((await door.post({ body: carEvent })).status).toBe(202);
    expect((await door.post({ body: carEvent, signedBy: newSecret })).status).toBe(202);
    expect(door.reads).toEqual([false, false]);
  });
});
