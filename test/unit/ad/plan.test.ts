import { describe, expect, it } from "vitest";
import { documentOf, newAd, type OutboxRow } from "#shared/ad/ad.ts";
import { addressOf } from "#shared/ad/attempt.ts";
import { emptyListing } from "#shared/ad/listing.ts";
import { listingIdOf } from "#shared/ad/listing-id.ts";
import type { Action } from "#shared/ad/plan.ts";
import { listingOf } from "#shared/ad/submission.ts";
import { accepted, boat, car, deleted, minute, published, second, startLife } from "./ad-life.ts";
import { inPhase, short } from "./in-phase.ts";

const bodyOf = (action: Action) => (action.kind === "write" ? action.call.body : undefined);
const idOf = (action: Action) => ("call" in action && "listingId" in action.call ? action.call.listingId : undefined);
type Price = { type: string; amount: number };
const list = { type: "list", amount: 2 };
const reduced = { type: "reduced", amount: 1 };
const phases = Object.keys(inPhase) as (keyof typeof inPhase)[];

describe("the first write", () => {
  it("is a POST of the whole document under the first generation's id", () => {
    const life = startLife();
    life.want("1");
    const action = life.step();
    expect(short(action)).toBe("post");
    expect(bodyOf(action)).toEqual({
      source_id: listingIdOf({ dealerCode: "DEMO", itemId: "item-1" }, 1),
      dealer_code: "DEMO",
      category_id: 1020,
      visible: true,
      dont_publish_on_failed_images: false,
      ...car().ad,
    });
  });

  it.each<[string, Price[] | undefined, Price[] | undefined]>([
    ["the list price without the reduced one", [list, reduced], [list]],
    ["no price for a reduced one alone", [reduced], undefined],
    ["a list of no prices as it is", [], []],
    ["no price where there is none", undefined, undefined],
  ])("brings %s", (_name, price, brought) => {
    const life = startLife();
    life.want("1", car(1, { price }));
    expect(bodyOf(life.step())?.price).toEqual(brought);
  });

  it("has its intent in the ad: who calls, until when, which fields may be held, which roots the log may show", () => {
    const life = startLife();
    life.want("1");
    const action = life.step();
    const { submissions, listings, wish } = life.ad();
    const phase = { kind: "calling", attemptId: "attempt-1", callUntil: life.now() + 10 * second };
    expect(submissions).toMatchObject([{ number: 1, attempts: 1, phase, roots: ["create"], mayHaveReached: false }]);
    expect(action).toMatchObject({ call: { attemptId: "attempt-1", callUntil: life.now() + 10 * second } });
    expect(listings[0]?.held).toContain("/category_fields/brand");
    expect(wish?.state).toBe("taken");
  });

  it("goes under the source's own item id where its configuration says so, and later generations never do", () => {
    const life = startLife();
    life.want("1", car(), { listingIds: "item-id" });
    expect(life.step()).toMatchObject({ kind: "read", call: { listingId: "item-1" } });
    life.readBack({ kind: "absent", taken: false });
    expect(idOf(life.step())).toBe("item-1");
    life.reply(accepted);
    life.observe(published());
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    life.want("3", car(), { listingIds: "item-id" });
    expect(idOf(life.step())).toMatch(/^[0-9a-f]{8}-/);
  });

  it("leaves no document of a wish that was replaced before it", () => {
    const life = startLife();
    life.want("1", car(1));
    life.want("2", car(2));
    life.step();
    expect(Object.values(life.ad().documents)).toEqual([car(2)]);
  });

  it("of a removal of what we never heard of is a DELETE all the same", () => {
    const life = startLife();
    life.remove("1");
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "delete", body: null, vehicleType: null } });
  });
});

describe("a record that has no item", () => {
  it("has no document, no listing and no call", () => {
    const ad = newAd({ source: "dms" });
    expect(() => documentOf(ad, { kind: "document", hash: "lost" })).toThrow("no document is stored under lost");
    expect(() => addressOf(ad, emptyListing("x", 1))).toThrow("a source's record has no listing");
    const [submission] = inPhase.calling().ad().submissions;
    expect(() => submission && listingOf(ad, submission)).toThrow("submission 1 has no listing");
  });
});

describe("planning twice", () => {
  it.each(phases)("asks for nothing more in phase %s", (phase) => {
    const life = inPhase[phase]();
    life.wait(40 * second);
    life.step();
    const stored = life.ad();
    expect(["none", "get"]).toContain(short(life.step()));
    expect(life.ad()).toEqual(stored);
  });
});

describe("a newer document beside a POST", () => {
  it.each<[keyof typeof inPhase, string, string[]]>([
    ["ready", "post", ["1 superseded newer-wish"]],
    ["calling", "none", []],
    ["doubt", "none", []],
    ["exists-check", "get", []],
    ["answered", "none", []],
    ["overdue", "put", ["1 failed stalled"]],
  ])("that is %s: %s", (phase, expected, receipts) => {
    const life = inPhase[phase]();
    life.want("2", car(2));
    expect(short(life.step())).toBe(expected);
    expect(life.receipts()).toEqual(receipts);
  });

  it("takes the place of one in doubt only by its turn: the older document is repeated first", () => {
    const life = inPhase.doubt();
    life.want("2", car(2));
    for (const _read of [1, 2]) {
      life.wait(20 * second);
      expect(short(life.step())).toBe("get");
      life.readBack({ kind: "absent", taken: false });
    }
    life.wait(minute);
    const repeated = life.step();
    expect([short(repeated), bodyOf(repeated)?.price]).toEqual(["post", car().ad.price]);
  });

  it("waits for a read of the old one when that was refused", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply({ kind: "refused", errors: [] });
    life.want("3", car(3));
    expect(short(life.step())).toBe("get");
  });
});

describe("a removal beside a POST", () => {
  it.each<[keyof typeof inPhase, string]>([
    ["calling", "none"],
    ["doubt", "none"],
    ["exists-check", "get"],
    ["answered", "none"],
  ])("that is %s: %s at first, a DELETE after its minute", (phase, atFirst) => {
    const life = inPhase[phase]();
    life.remove("2");
    expect(short(life.step())).toBe(atFirst);
    life.wait(minute - 1);
    expect(short(life.step())).not.toBe("delete");
    life.wait(1);
    expect(short(life.step())).toBe("delete");
  });

  it.each(["ready", "overdue"] as const)("that is %s: a DELETE at once", (phase) => {
    const life = inPhase[phase]();
    life.remove("2");
    expect(short(life.step())).toBe("delete");
  });

  it("never goes out while an attempt holds the lease, even after its minute", () => {
    const life = inPhase.doubt();
    life.remove("2");
    for (const pause of [20 * second, 10 * second]) {
      life.wait(pause);
      life.step();
      life.readBack({ kind: "absent", taken: false });
    }
    life.wait(30 * second - 1);
    expect(short(life.step())).toBe("post");
    life.wait(1);
    expect(short(life.step())).toBe("none");
    life.reply(accepted);
    expect(short(life.step())).toBe("delete");
  });

  it("leaves what it overtook to be read only", () => {
    const life = inPhase.answered();
    life.remove("2");
    life.wait(minute);
    life.step();
    expect(life.ad().submissions).toMatchObject([
      { number: 1, overtaken: true, phase: { kind: "answered" } },
      { number: 2, overtaken: false, call: "delete" },
    ]);
  });

  it("waits for an open DELETE, however long", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.remove("3");
    life.wait(29 * minute);
    expect(short(life.step())).toBe("none");
  });
});

describe("a document after a removal", () => {
  it("waits for the write that the removal overtook", () => {
    const life = inPhase.answered();
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply({ kind: "refused", errors: [] });
    life.want("3", car(3));
    expect(short(life.step())).toBe("get");
    life.readBack(life.row(published().slice(0, 1)));
    expect(life.receipts()).toEqual(["2 failed refused"]);
    expect(short(life.step())).toBe("none");
    life.observeAtRest(published());
    expect(short(life.step())).toBe("put");
  });

  it("waits for an overdue DELETE until the row reads as deleted", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("3", car(3));
    expect(short(life.step())).toBe("none");
    expect(life.phase()).toBe("overdue");
    life.wait(10 * 60 * minute);
    expect(short(life.step())).toBe("none");
    life.observe(published(), { state: "deleted" });
    expect(short(life.step())).toBe("post");
  });

  it("is the next generation of a registered vehicle", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    const first = life.ad().listings[0]?.id;
    life.want("3");
    const action = life.step();
    expect([short(action), idOf(action) === first, life.ad().listings.at(-1)?.generation]).toEqual(["post", false, 2]);
  });

  it("leaves the listing before it off the record, once nothing of that is to come", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    life.want("3");
    life.step();
    expect(life.ad().listings).toMatchObject([{ generation: 2 }]);
  });

  it("may then have another plate and another type", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    const { ad } = car(1, { category_fields: { model_year: 2020, registration_number: "XYZ789" } });
    life.want("3", { vehicleType: "transport", ad });
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post", vehicleType: "transport" } });
  });

  it("revives an unregistered one by a PUT", () => {
    const life = startLife();
    life.publish("1", boat());
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    const first = life.ad().listings[0]?.id;
    life.want("3", boat());
    const action = life.step();
    expect([short(action), idOf(action) === first]).toEqual(["put", true]);
  });

  it("is the next generation of an unregistered one too when it is of another type, and gets that type", () => {
    const life = startLife();
    life.publish("1", boat());
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    life.want("3", { ...boat(), vehicleType: "truck" });
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post", vehicleType: "truck" } });
  });

  it("goes under the same id where the marketplace never showed a row", () => {
    const life = inPhase.ready();
    const first = life.ad().listings[0]?.id;
    life.remove("2");
    life.step();
    life.reply({ kind: "not-found" });
    life.want("3");
    const action = life.step();
    expect([short(action), idOf(action)]).toEqual(["post", first]);
  });
});

describe("what keeps a write from beginning", () => {
  const row: OutboxRow = {
    kind: "receipt",
    receipt: { source: "dms", eventId: "0", outcome: "applied", reason: "x", at: 0 },
  };

  it.each([
    [19, "post"],
    [20, "none"],
  ])("%i rows in the outbox: %s", (rows, expected) => {
    const life = startLife({ outbox: Array.from({ length: rows }, () => row) });
    life.want("1");
    expect(short(life.step())).toBe(expected);
    const repeat = inPhase.ready();
    repeat.change({ outbox: Array.from({ length: rows }, () => row) });
    repeat.wait(minute);
    expect(short(repeat.step())).toBe(expected);
  });

  it("a closed lane, until it opens", () => {
    const life = startLife();
    life.want("1");
    life.change({ heldUntil: life.now() + minute });
    life.wait(minute - 1);
    expect(short(life.step())).toBe("none");
    life.wait(1);
    expect(short(life.step())).toBe("post");
  });

  it("no token, for a write and for a read", () => {
    for (const life of [startLife(), inPhase.doubt()]) {
      life.change({ tokenId: "unassigned" });
      life.want("2", car(2));
      life.wait(minute);
      expect(short(life.step())).toBe("none");
    }
  });
});
