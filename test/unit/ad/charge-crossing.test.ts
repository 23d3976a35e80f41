import { describe, expect, it } from "vitest";
import { accepted, car, deleted, inDoubt, log, minute, notMade, published, startLife } from "./ad-life.ts";
import { formerAlive, short } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;
const hour = 60 * minute;
const bumped = [...published(), ...log("r2 bump processing @50", "r2 bump done @51")];

/** A published car for which a bump has just gone out; `more.time` is when the source asked for it. */
function bumping(more: { time?: string } = {}): Life {
  const life = startLife();
  life.publish();
  life.charge("b", "bump", more);
  expect(short(life.step())).toBe("bump");
  return life;
}

describe("while a charged call is made", () => {
  it("a newer one of its kind waits, and goes out for itself where the first was taken", () => {
    const life = bumping();
    life.wait(1_000);
    life.charge("b2");
    expect([life.receipts(), life.ad().charges.length]).toEqual([[], 1]);
    life.reply(accepted);
    expect([life.receipts(), life.ad().charges.length]).toEqual([[], 1]);
    life.observe(bumped);
    expect(life.told()).toMatchObject([{ type: "AdBumped", metadata: { correlationId: "b" } }]);
    expect(life.receipts()).toEqual(["b applied charged"]);
    expect(short(life.step())).toBe("bump");
    expect(life.ad().submissions).toMatchObject([{ event: { id: "b2" } }]);
  });

  it("a removal comes too late for it where it was taken: it has been paid for", () => {
    const life = bumping();
    life.wait(1_000);
    life.remove("2");
    life.reply(accepted);
    expect(life.receipts()).toEqual([]);
    life.observe(bumped);
    expect([life.tellings(), life.receipts()]).toEqual([["AdBumped"], ["b applied charged"]]);
  });

  it("both of the other kind and of its own come: where it was not made, its own takes its place, the other waits", () => {
    const life = bumping();
    life.charge("p", "pole_position");
    life.charge("b2");
    life.reply(notMade());
    expect(life.receipts()).toEqual(["b superseded newer-request"]);
    expect(life.ad().submissions).toMatchObject([{ call: "bump", event: { id: "b2" } }]);
    expect(life.ad().charges.map(({ event }) => event.id)).toEqual(["p"]);
  });
});

describe("a charged call that was put off", () => {
  it("does not give way to one of the other kind: each is made", () => {
    const life = bumping();
    life.reply(notMade(minute));
    life.charge("p", "pole_position");
    expect(life.receipts()).toEqual([]);
    life.wait(minute);
    expect(short(life.step())).toBe("bump");
    life.reply(accepted);
    life.observe(bumped);
    expect(short(life.step())).toBe("pole_position");
  });

  it("is cancelled by a removal at once, and not made though the car is back before anything was done", () => {
    const life = bumping();
    life.reply(notMade(minute));
    life.remove("2");
    expect([life.receipts(), life.ad().submissions]).toEqual([["b superseded removed"], []]);
    life.want("3");
    life.wait(hour);
    expect([short(life.step()), life.ad().charges]).toEqual(["none", []]);
    expect(life.receipts()).toEqual(["b superseded removed", "2 superseded newer-wish", "3 suppressed unchanged"]);
  });
});

describe("a charged call that may have been made", () => {
  it("is looked for as before when a removal goes out beside it, and told as in doubt", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.remove("2");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
    life.reply(accepted);
    life.wait(30 * minute);
    life.observe([...published(), ...deleted("r3")], { state: "deleted" });
    expect(life.told().map(({ type, metadata }) => [type, metadata.correlationId])).toEqual([
      ["AdDeleted", "2"],
      ["AdErrored", "b"],
    ]);
    expect(life.receipts()).toEqual(["2 applied absent", "b failed in-doubt"]);
  });

  it("is not told as in doubt by a read of another listing", () => {
    const { life, listingId, formerLog } = formerAlive();
    life.observe([...formerLog, ...deleted("r3", 300)], { listingId, state: "deleted" });
    life.charge("b");
    expect(short(life.step())).toBe("bump");
    life.reply(inDoubt);
    life.wait(31 * minute);
    life.observe(formerLog, { listingId, state: "deleted" });
    expect(life.receipts()).toEqual([]);
    life.observe(published("n1"));
    expect(life.receipts()).toEqual(["b failed in-doubt"]);
  });

  it("and was accepted waits for its line, though a day goes by without a read", () => {
    const life = bumping();
    life.reply(accepted);
    life.wait(25 * hour);
    life.step();
    expect([life.tellings(), life.receipts()]).toEqual([[], []]);
    life.observe(bumped);
    expect([life.tellings(), life.receipts()]).toEqual([["AdBumped"], ["b applied charged"]]);
  });

  it("is not what a document in doubt is: that is looked for on, however long it takes", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(inDoubt);
    life.wait(hour);
    life.observe(published());
    expect([life.phase(), life.tellings(), life.receipts()]).toEqual(["doubt", [], []]);
    expect(short(life.step())).toBe("get");
  });
});
