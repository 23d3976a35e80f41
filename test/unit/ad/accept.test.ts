import { describe, expect, it } from "vitest";
import { acceptRejected, acceptWish } from "#shared/ad/accept.ts";
import { newAd } from "#shared/ad/ad.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import { accepted, car, dawn, notMade, startLife } from "./ad-life.ts";
import { short } from "./in-phase.ts";

const item = { dealerCode: "DEMO", itemId: "item-1" };
const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

describe("acceptWish", () => {
  it("takes the first wish, with its document under its hash", () => {
    const life = startLife();
    life.want("1");
    const { wish, documents, outbox } = life.ad();
    expect(wish).toMatchObject({ event: { source: "dms", id: "1" }, acceptedAt: dawn, state: "waiting" });
    expect(wish?.want.kind === "document" && documents[wish.want.hash]).toEqual(car());
    expect(outbox).toEqual([]);
  });

  it("keeps the trace of an event that has one, and nothing in its place for one that has none", () => {
    const life = startLife();
    life.want("1", car(), { traceparent });
    expect(life.ad().wish?.event).toStrictEqual({ source: "dms", id: "1", traceparent });
    life.want("2");
    expect(life.ad().wish?.event).toStrictEqual({ source: "dms", id: "2" });
  });

  it("lets a newer wish supersede one that waits", () => {
    const life = startLife();
    life.want("1");
    life.wait(1);
    life.remove("2");
    expect(life.receipts()).toEqual(["1 superseded newer-wish"]);
    expect(life.ad().wish).toMatchObject({ event: { id: "2" }, want: { kind: "no-ad" } });
  });

  it("lets a newer wish wait beside one that a submission carries", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.want("2", car(2));
    expect(life.receipts()).toEqual([]);
    expect(life.ad().wish).toMatchObject({ event: { id: "2" }, state: "waiting" });
  });

  it.each(["waiting", "taken", "ended"] as const)("puts an older one down against a wish that is %s", (state) => {
    const life = startLife();
    life.want("new", car(), { sequence: "7" });
    if (state !== "waiting") {
      life.step();
    }
    if (state === "ended") {
      life.reply({ kind: "refused", errors: [] });
      life.forgetTold();
    }
    life.want("old", car(2), { sequence: "6" });
    expect(life.ad().wish).toMatchObject({ event: { id: "new" }, state });
    expect(life.receipts()).toEqual(["old superseded older-than-wish"]);
  });

  it("tells events of one id from two sources apart", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(notMade());
    life.want("1", car(2), { source: "other" });
    expect(life.step()).toMatchObject({ kind: "write", call: { body: { price: car(2).ad.price } } });
    expect(life.receipts()).toEqual(["1 superseded newer-wish"]);
  });

  it("takes of two equal in every respect the one that comes last", () => {
    const life = startLife();
    life.want("1", car(1));
    life.want("2", car(2));
    expect(life.ad().wish?.event.id).toBe("2");
  });

  it("counts the minute of a removal from the first time that it was asked for", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.remove("2");
    life.wait(40_000);
    life.remove("3");
    life.wait(20_000 - 1);
    expect(short(life.step())).toBe("none");
    life.wait(1);
    expect(short(life.step())).toBe("delete");
    life.remove("4");
    expect(life.ad().wish?.acceptedAt).toBe(life.now());
  });

  it("counts it from the removal itself after a document, and a document's time from the document", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.want("2", car(2));
    life.wait(60_000);
    life.remove("3");
    expect(short(life.step())).toBe("none");
    life.wait(1_000);
    life.want("4", car(4));
    expect(life.ad().wish?.acceptedAt).toBe(life.now());
  });

  it.each(["inventory.item.bump-requested", "inventory.item.pole-position-requested"] as const)(
    "lets %s wait beside the wish, and leaves that alone",
    (type) => {
      const life = startLife();
      life.want("1");
      const event = { source: "dms", id: "2", receivedAt: dawn, place: 0, type, data: item } as InventoryEvent;
      const next = acceptWish(life.ad(), { event, listingIds: "uuid" }, life.context());
      expect(next.wish).toEqual(life.ad().wish);
      const call = type === "inventory.item.bump-requested" ? "bump" : "pole_position";
      expect(next.charges).toMatchObject([{ call, event: { source: "dms", id: "2" }, acceptedAt: dawn }]);
      expect(next.outbox).toEqual([]);
    },
  );

  it("leaves the ad it was given as it was", () => {
    const life = startLife();
    life.want("1");
    const before = structuredClone(life.ad());
    const given = life.ad();
    life.want("2", car(2));
    expect(given).toEqual(before);
  });
});

describe("acceptRejected", () => {
  const errors = [{ pointer: "/data/ad", code: "required", message: "ad is required." }];
  const rejected = {
    version: 1,
    kind: "rejected-event",
    source: "dms",
    eventId: "1",
    receivedAt: dawn,
    errors,
  } as const;

  it.each([
    ["an item", item, "DEMO", "item-1"],
    ["a source that named no item", { source: "dms" }, null, null],
  ])("tells and files a rejected event of %s", (_name, key, dealerCode, itemId) => {
    const context = startLife().context();
    const { outbox, wish } = acceptRejected(newAd(key), { ...rejected, item: null }, context);
    expect(wish).toBeNull();
    expect(outbox).toMatchObject([
      {
        event: {
          type: "InventoryEventRejected",
          metadata: { dealerCode, itemId, sequence: 1, correlationId: "1", listingId: null },
          data: { source: "dms", eventId: "1", errors },
        },
      },
      { receipt: { eventId: "1", outcome: "rejected", reason: "invalid", details: errors } },
    ]);
  });

  it("is told with the trace of its event, which the record does not hold", () => {
    const context = startLife().context();
    const traced = acceptRejected(newAd(item), { ...rejected, traceparent, item }, context);
    expect(traced.outbox[0]).toHaveProperty("event.metadata.traceparent", traceparent);
    const untraced = acceptRejected(newAd(item), { ...rejected, item }, context);
    expect(untraced.outbox[0]).not.toHaveProperty("event.metadata.traceparent");
  });

  it("is a fact of its own for each event", () => {
    const context = startLife().context();
    const once = acceptRejected(newAd({ source: "dms" }), { ...rejected, item: null }, context);
    const { outbox } = acceptRejected(once, { ...rejected, eventId: "2", item: null }, context);
    const ids = outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event.metadata.id] : []));
    expect(new Set(ids).size).toBe(2);
  });

  it("does not touch the wish of its item", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    const { outbox, sequence, ...rest } = acceptRejected(life.ad(), { ...rejected, item }, life.context());
    const { outbox: _before, sequence: _count, ...restBefore } = life.ad();
    expect(rest).toEqual(restBefore);
    expect([outbox.length, sequence]).toEqual([2, 1]);
  });
});
