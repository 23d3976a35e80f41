import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptWish } from "#shared/ad/accept.ts";
import { newAd, type WishOrder } from "#shared/ad/ad.ts";
import { compareOrder } from "#shared/ad/order.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import { dawn, startLife } from "./ad-life.ts";

const at = (order: Partial<WishOrder> = {}): WishOrder => ({
  sequence: null,
  time: 100,
  receivedAt: 200,
  place: 0,
  ...order,
});

describe("compareOrder", () => {
  it.each<[string, Partial<WishOrder>, Partial<WishOrder>]>([
    ["by time", { time: 1 }, { time: 2 }],
    ["by receipt at the same time", { receivedAt: 1 }, { receivedAt: 2 }],
    ["by place in the batch when received together", { place: 0 }, { place: 1 }],
    ["by time before receipt", { time: 1, receivedAt: 9 }, { time: 2, receivedAt: 3 }],
    ["by sequence against every clock", { sequence: "1", time: 9, receivedAt: 9 }, { sequence: "2", time: 1 }],
    ["sequences of digits as numbers", { sequence: "9" }, { sequence: "10" }],
    [
      "sequences of digits beyond the safe integers",
      { sequence: "9007199254740992" },
      { sequence: "9007199254740993" },
    ],
    ["other sequences as text", { sequence: "2026-01-05T08:00" }, { sequence: "2026-01-05T09:00" }],
    ["a number and a text as text", { sequence: "10" }, { sequence: "9a" }],
    ["by time when only one has a sequence", { time: 1, sequence: "9" }, { time: 2 }],
  ])("orders %s", (_name, older, newer) => {
    expect(compareOrder(at(older), at(newer))).toBeLessThan(0);
    expect(compareOrder(at(newer), at(older))).toBeGreaterThan(0);
  });

  it("takes leading zeros for nothing, and equal texts for equal", () => {
    expect(compareOrder(at({ sequence: "a" }), at({ sequence: "a" }))).toBe(0);
    expect(compareOrder(at({ sequence: "007" }), at({ sequence: "7" }))).toBe(0);
  });

  it("is a total order of wishes without a sequence", () => {
    const order = fc.record({ sequence: fc.constant(null), time: fc.nat(3), receivedAt: fc.nat(3), place: fc.nat(3) });
    fc.assert(
      fc.property(order, order, order, (a, b, c) => {
        expect(Math.sign(compareOrder(a, b))).toBe(0 - Math.sign(compareOrder(b, a)));
        if (compareOrder(a, b) <= 0 && compareOrder(b, c) <= 0) {
          expect(compareOrder(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe("the time of a wish", () => {
  it.each([
    ["its own time when that lies before its receipt", "2026-01-05T07:00:00Z", dawn - 3_600_000],
    ["its receipt when its own time lies in the future", "2026-01-05T09:00:00Z", dawn],
    ["its receipt when it names none", undefined, dawn],
  ])("is %s", (_name, time, expected) => {
    const event = {
      source: "dms",
      id: "1",
      ...(time === undefined ? {} : { time }),
      receivedAt: dawn,
      place: 0,
      type: "inventory.item.removed",
      data: { dealerCode: "DEMO", itemId: "item-1", reason: "sold" },
    } as InventoryEvent;
    const context = startLife().context();
    const ad = acceptWish(newAd({ dealerCode: "DEMO", itemId: "item-1" }), { event, listingIds: "uuid" }, context);
    expect(ad.wish?.order.time).toBe(expected);
  });
});
