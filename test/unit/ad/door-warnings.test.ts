import { describe, expect, it } from "vitest";
import { acceptWish } from "#shared/ad/accept.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import { accepted, car, hiddenCar, type Life, log, published, startLife } from "./ad-life.ts";

const warnings = [{ pointer: "/body", code: "missing-body", message: "The ad has no text." }];

/** A wish as the queue brings it, with what the door had to say. */
function want(life: Life, id: string, document = car(), said = warnings): void {
  const data = { dealerCode: "DEMO", itemId: "item-1", ...document };
  const event = { source: "dms", id, receivedAt: life.now(), place: 0, type: "inventory.item.upserted", data };
  life.change(
    acceptWish(life.ad(), { event: event as InventoryEvent, listingIds: "uuid", warnings: said }, life.context()),
  );
}

const receiptsOf = (life: Life) =>
  life.ad().outbox.flatMap((row) => {
    if (row.kind !== "receipt") {
      return [];
    }
    const { outcome, details, warnings: said } = row.receipt;
    return [{ outcome, ...(details && { details }), ...(said && { warnings: said }) }];
  });

describe("what the door had to say of a document", () => {
  it("is in the receipt and on AdPublished", () => {
    const life = startLife();
    want(life, "1");
    life.step();
    life.reply(accepted);
    life.observe(published());
    expect(life.told()).toMatchObject([{ type: "AdPublished", data: { warnings } }]);
    expect(receiptsOf(life)).toEqual([{ outcome: "applied", warnings }]);
  });

  it("is on AdUpdated of a hidden one", () => {
    const life = startLife();
    want(life, "1", hiddenCar);
    life.step();
    life.reply(accepted);
    life.observeAtRest(log("r1 create processing", "r1 create done"), { blocketAdId: null });
    expect(life.told()).toMatchObject([{ type: "AdUpdated", data: { warnings } }]);
  });

  it("makes no outcome unclean: the same document again is suppressed, with or without words", () => {
    const life = startLife();
    want(life, "1");
    life.step();
    life.reply(accepted);
    life.observe(published());
    life.forgetTold();
    for (const said of [warnings, []]) {
      want(life, "2", car(), said);
      expect(life.step().kind).toBe("none");
    }
    expect(receiptsOf(life)).toEqual([{ outcome: "suppressed", warnings }, { outcome: "suppressed" }]);
  });

  it("gives way in the receipt to what the marketplace says", () => {
    const life = startLife();
    want(life, "1");
    life.step();
    const errors = [{ pointer: "/title", code: "invalid", message: "No." }];
    life.reply({ kind: "refused", errors });
    expect(receiptsOf(life)).toEqual([{ outcome: "failed", details: errors }]);
  });
});
