import { describe, expect, it } from "vitest";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { accepted, boat, deleted, inDoubt, type Life, log, minute, published, refusal, startLife } from "./ad-life.ts";

const ownerOf = (life: Life, requestId: string) => life.ad().listings.at(-1)?.requests[requestId]?.owner;

/** A boat's next document, accepted. */
function change(life: Life, id: string): void {
  life.want(id, boat(`Text ${id}.`));
  life.step();
  life.reply(accepted);
}

/** A boat that was changed (2) without a trace, removed (3) and changed again (4); the log until then. */
function changedAroundRemoval(): { life: Life; before: LogEntry[] } {
  const life = startLife();
  life.publish("1", boat());
  change(life, "2");
  life.remove("3");
  life.wait(minute);
  life.step();
  life.reply(accepted);
  const before = [...published(), ...deleted("r3", 50)];
  life.observeAtRest(before, { state: "deleted" });
  change(life, "4");
  return { life, before };
}

/** A published boat whose next changes, from 2 on, were accepted and left no trace for half an hour. */
function stalledChanges(...ids: string[]): Life {
  const life = startLife();
  life.publish("1", boat());
  for (const id of ids) {
    change(life, id);
    life.stall();
  }
  return life;
}

describe("a request that two accepted writes could own", () => {
  it("is the newer one's at once when a request of a write between them stands before it", () => {
    const { life, before } = changedAroundRemoval();
    life.observe([...before, ...published("new", "update", 90)]);
    expect(ownerOf(life, "new")).toBe(4);
  });

  it("is the older one's at once when a request of a write between them stands after it", () => {
    const { life, before } = changedAroundRemoval();
    life.observe([...published(), ...published("new", "update", 20), ...before.slice(-2)]);
    expect(ownerOf(life, "new")).toBe(2);
  });

  it("is nobody's yet when the two have one time", () => {
    const { life, before } = changedAroundRemoval();
    life.observe([...before, ...log("new update processing @50")]);
    expect(ownerOf(life, "new")).toBe("unknown");
  });

  it("is nobody's yet though a request without a root, or of another kind, stands beside it", () => {
    const life = stalledChanges("2");
    change(life, "3");
    const others = log("rootless handle_media processing @91", "other bump processing @92");
    life.observe([...published(), ...log("new update processing @90"), ...others]);
    expect(["new", "rootless", "other"].map((id) => ownerOf(life, id))).toEqual(["unknown", "unknown", "foreign"]);
  });

  it("is nobody's yet though one before it is nobody's either, for that could be none of theirs", () => {
    const life = stalledChanges("2", "3", "4");
    change(life, "5");
    const fifth = published("r5", "update", 400);
    life.observeAtRest([...published(), ...fifth]);
    expect(ownerOf(life, "r5")).toBe(5);
    change(life, "6");
    life.stall();
    change(life, "7");
    const [early, late] = [log("early update processing @200"), log("late update processing @900")];
    life.observe([...published(), ...early, ...fifth, ...late]);
    expect([ownerOf(life, "early"), ownerOf(life, "late")]).toEqual(["unknown", "unknown"]);
  });

  it("is nobody's yet though a request that has its owner stands after it, and the newer one's at rest", () => {
    const life = stalledChanges("2", "3");
    change(life, "4");
    const fourth = [...published(), ...published("r4", "update", 400)];
    life.observeAtRest(fourth);
    expect(ownerOf(life, "r4")).toBe(4);
    const all = [...published(), ...published("new", "update", 200), ...fourth.slice(4)];
    life.observe(all);
    expect(ownerOf(life, "new")).toBe("unknown");
    life.wait(2 * minute);
    life.observe(all);
    expect(ownerOf(life, "new")).toBe(3);
  });

  it("is each one's own when the end of an older one's request stands after both", () => {
    const life = startLife();
    life.publish("1", boat());
    change(life, "2");
    const begun = [...published(), ...log("r2 update processing @10")];
    life.observe(begun);
    life.wait(30 * minute);
    life.observe(begun);
    change(life, "3");
    life.stall();
    change(life, "4");
    const rest = [...published("r3", "update", 100), ...published("r4", "update", 400)];
    life.observe([...begun, ...rest, ...log("r2 update done @500")]);
    expect(["r2", "r3", "r4"].map((id) => ownerOf(life, id))).toEqual([2, 3, 4]);
  });

  it("is not that of the one which has a request, though the log no longer shows that", () => {
    const life = startLife();
    life.publish("1", boat());
    change(life, "2");
    const atWork = [...published(), ...log("r2 update processing @10")];
    life.observe(atWork);
    life.wait(30 * minute);
    life.observe(atWork);
    expect(life.phase()).toBe("overdue");
    change(life, "3");
    life.observe([...published(), ...log("r3 update processing @20")]);
    expect([ownerOf(life, "r2"), ownerOf(life, "r3")]).toEqual([2, 3]);
  });
});

describe("a request after a write that was refused when it had been in doubt", () => {
  it("is that of the accepted one at once", () => {
    const life = startLife();
    life.publish("1", boat());
    life.want("2", boat("Text 2."));
    life.step();
    life.reply(inDoubt);
    for (const _read of [1, 2]) {
      life.wait(minute);
      life.step();
      life.readBack(life.row(published()));
    }
    life.wait(minute);
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.readBack(life.row(published()));
    expect(life.ad().listings).toMatchObject([{ past: [{ number: 2, isAccepted: false }] }]);
    change(life, "3");
    life.observe([...published(), ...log("r3 update processing @20")]);
    expect(ownerOf(life, "r3")).toBe(3);
  });
});
