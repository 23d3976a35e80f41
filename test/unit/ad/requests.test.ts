import { describe, expect, it } from "vitest";
import { hashEntry } from "#shared/ad/requests.ts";
import { accepted, boat, car, deleted, inDoubt, log, minute, notMade, published, startLife } from "./ad-life.ts";

type Life = ReturnType<typeof startLife>;
const ownerOf = (life: Life, requestId: string) => life.ad().listings.at(-1)?.requests[requestId]?.owner;

/** A POST (1) that was answered, overtaken after its minute by a DELETE (2) that was answered too. */
function overtaken(): Life {
  const life = startLife();
  life.want("1", boat());
  life.step();
  life.reply(accepted);
  life.remove("2");
  life.wait(minute);
  life.step();
  life.reply(accepted);
  return life;
}

describe("a request of the log", () => {
  it.each(["create", "update", "delete", "bump", "boost"])("with root %s is ours only if it fits the POST", (root) => {
    const life = startLife();
    life.want("1");
    life.step();
    life.observe(log(`r1 ${root} processing`));
    expect(ownerOf(life, "r1")).toBe(root === "create" ? 1 : "foreign");
  });

  it("that was seen before the intent is not ours", () => {
    const life = startLife();
    life.publish();
    life.observe([...published(), ...log("stranger update processing @9")]);
    life.want("2", car(2));
    life.step();
    life.observe([...published(), ...log("stranger update processing @9", "r2 update processing @10")]);
    expect([ownerOf(life, "stranger"), ownerOf(life, "r2")]).toEqual(["foreign", 2]);
  });

  it("is left for later while its root is not to be seen, and told then", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(log("r1 publish done @3"));
    expect([ownerOf(life, "r1"), life.tellings()]).toEqual(["unknown", []]);
    life.observe(log("r1 create done @1", "r1 publish done @3"));
    expect([ownerOf(life, "r1"), life.tellings()]).toEqual([1, ["AdPublished"]]);
  });

  it("seen without its root before an intent is no later write's, whatever its root turns out to be", () => {
    const life = startLife();
    life.publish();
    life.observe([...published(), ...log("stranger publish processing @9")]);
    life.want("2", car(2));
    life.step();
    life.observe([...published(), ...log("stranger publish processing @9", "r2 update processing @10")]);
    expect(ownerOf(life, "r2")).toBe(2);
    life.observe([...published(), ...log("stranger update done @8", "stranger publish processing @9")]);
    expect(ownerOf(life, "stranger")).toBe("foreign");
  });

  it("belongs to the oldest accepted write that it fits and that has none, else to the newest", () => {
    const life = overtaken();
    life.observe([...log("r1 create processing"), ...deleted("r2", 50).slice(0, 1)]);
    expect([ownerOf(life, "r1"), ownerOf(life, "r2")]).toEqual([1, 2]);
    life.wait(10 * minute);
    life.stall();
    life.remove("3");
    life.step();
    life.reply(accepted);
    life.observe([...log("r1 create processing"), ...deleted("r2", 50).slice(0, 1), ...deleted("r3", 90).slice(0, 1)]);
    expect([ownerOf(life, "r2"), ownerOf(life, "r3")]).toEqual([2, 3]);
  });

  it("is the later write's when the earlier one has a request whose root is still to be shown", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    const second = [...published(), ...log("r2 handle_media processing @10")];
    life.observe(second);
    life.wait(60 * minute);
    life.observe(second);
    life.want("3", car(3));
    life.step();
    life.reply(accepted);
    life.observe([...second, ...log("r3 update processing @20")]);
    expect([ownerOf(life, "r2"), ownerOf(life, "r3")]).toEqual(["unknown", 3]);
    life.observe([
      ...published(),
      ...log("r2 update done @9", "r2 handle_media processing @10", "r3 update processing @20"),
    ]);
    expect([ownerOf(life, "r2"), ownerOf(life, "r3")]).toEqual([2, 3]);
  });

  it("is not an earlier write's once a later write's stands before it, also when the earlier one's comes last", () => {
    const life = startLife();
    life.want("1", boat());
    life.step();
    life.reply(accepted);
    life.observeAtRest(published());
    life.want("2", boat("Its lines come late."));
    life.step();
    life.reply(accepted);
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    const third = [...published(), ...deleted("r3", 50)];
    life.observeAtRest(third, { state: "deleted" });
    life.want("4", boat("Revived."));
    life.step();
    life.reply(accepted);
    const fourth = published("r4", "update", 90);
    life.observe([...third, ...fourth]);
    life.observe([...published(), ...published("r2", "update", 20), ...deleted("r3", 50), ...fourth]);
    expect(["r1", "r2", "r3", "r4"].map((id) => ownerOf(life, id))).toEqual([1, 2, 3, 4]);
  });

  it("is the newer write's while the older one, long overdue, may never have any", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe(published());
    life.wait(31 * minute);
    life.observe(published());
    expect(life.receipts()).toEqual(["2 failed stalled"]);
    let shown = published();
    for (const number of [3, 4]) {
      life.want(String(number), car(number));
      life.step();
      life.reply(accepted);
      shown = [...shown, ...published(`r${number}`, "update", number * 100)];
      life.observeAtRest(shown, { fields: car(number).ad });
      expect(ownerOf(life, `r${number}`)).toBe(number);
    }
    life.observe([...published(), ...published("r2", "update", 200), ...shown.slice(4)]);
    expect(ownerOf(life, "r2")).toBe(2);
    expect(life.receipts()).toEqual(["2 failed stalled", "3 applied published", "4 applied published"]);
  });

  it("has its owner whatever it is called", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(published("constructor"));
    expect(life.told()).toMatchObject([{ metadata: { correlationId: "1", causationId: "constructor" } }]);
  });

  it("is one each of two accepted writes, in their order, when both are seen at once", () => {
    const life = overtaken();
    life.wait(10 * minute);
    life.stall();
    life.remove("3");
    life.step();
    life.reply(accepted);
    life.observe([...log("r1 create processing"), ...deleted("r2", 50).slice(0, 1), ...deleted("r3", 90).slice(0, 1)]);
    expect(["r1", "r2", "r3"].map((id) => ownerOf(life, id))).toEqual([1, 2, 3]);
  });

  it("is the newest write's when each has one, though that has ended before an older one", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    const second = [...published(), ...log("r2 update processing @10")];
    life.observe(second);
    life.wait(60 * minute);
    life.observe(second);
    life.want("3", car(3));
    life.step();
    life.reply(accepted);
    const third = [...second, ...log("r3 update done @20", "r3 publish error @21")];
    life.observe(third);
    life.wait(30 * minute);
    life.observe(third);
    expect(life.receipts()).toContain("3 applied errored");
    life.observe([...third, ...log("r4 update processing @30")]);
    expect(ownerOf(life, "r4")).toBe(3);
  });

  it("is not that of a write which surely never went out", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(notMade(60_000));
    life.observe([...published(), ...log("stranger update done @9")]);
    expect(ownerOf(life, "stranger")).toBe("foreign");
  });

  it("is not that of a write to another listing of the same item", () => {
    const life = startLife();
    life.publish();
    const [old] = life.ad().listings;
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.stall();
    life.observe(published(), { state: "deleted" });
    life.want("3", car(3));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post" } });
    life.observe([...published(), ...log("stranger create done @9")], { listingId: old?.id ?? "", state: "deleted" });
    expect(life.ad().listings[0]?.requests.stranger).toEqual({ owner: "foreign" });
  });

  it("keeps its owner, and its correlation, when the write has long ended", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(log("r1 create done", "r1 publish processing", "r1 publish error"));
    life.forgetTold();
    life.want("2", car(2));
    life.step();
    life.observe(log("r1 create done", "r1 publish processing", "r1 publish error", "r1 publish done"));
    expect(ownerOf(life, "r1")).toBe(1);
    expect(life.told()).toMatchObject([{ type: "AdPublished", metadata: { correlationId: "1", causationId: "r1" } }]);
  });

  it("that is foreign is kept and never told", () => {
    const life = startLife();
    life.publish();
    const strange = log("stranger update done @9", "stranger publish done @10", "stranger publish error @11");
    life.observe([...published(), ...strange]);
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...strange]);
    expect(life.tellings()).toEqual([]);
    expect(life.ad().listings[0]?.entries).toHaveLength(7);
  });

  it("of an attempt that lands after its write has ended is still ours", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(inDoubt);
    life.wait(40_000);
    life.step();
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    const before = [...published(), ...deleted("r3", 90)];
    life.observeAtRest(before, { state: "deleted" });
    expect(life.receipts()).toEqual(["2 superseded newer-wish", "3 applied absent"]);
    life.observe([...before, ...published("r2", "update", 200)]);
    expect(ownerOf(life, "r2")).toBe(2);
  });
});

describe("a request that could be of several writes", () => {
  it("is told as nobody's until the log has come to rest, for the older one's may yet come before it", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("3", car(3));
    life.step();
    life.reply(accepted);
    life.forgetTold();
    const third = published("r3", "update", 300);
    life.observe([...published(), ...third]);
    expect([ownerOf(life, "r3"), life.tellings()]).toEqual(["unknown", []]);
    life.observe([...published(), ...published("r2", "update", 200), ...third]);
    expect([ownerOf(life, "r2"), ownerOf(life, "r3")]).toEqual([2, 3]);
    expect(life.told().map(({ metadata }) => metadata.correlationId)).toEqual(["2", "3"]);
  });

  it("is not that of an older one in doubt when a newer one was accepted", () => {
    const life = startLife();
    life.publish("1", boat());
    life.want("2", boat("Another text."));
    life.step();
    life.reply(inDoubt);
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    const before = [...published(), ...deleted("r3", 90)];
    life.observeAtRest(before, { state: "deleted" });
    life.want("4", boat("A third text."));
    life.step();
    life.reply(accepted);
    life.observe([...before, ...log("r4 update processing @200")]);
    expect(ownerOf(life, "r4")).toBe(4);
  });
});

describe("the name of an entry", () => {
  it("is short, and another one for any other entry", () => {
    const [entry] = log("r1 create done @1");
    const names = log("r1 create done @1", "r2 create done @1", "r1 update done @1", "r1 create error @1").map(
      hashEntry,
    );
    const later = log("r1 create done @2").map(hashEntry);
    expect(new Set([...names, ...later]).size).toBe(5);
    expect(entry && hashEntry({ ...entry, message: "Said otherwise." })).toBe(names[0]);
    expect(names[0]).toMatch(/^[\w-]{12}$/);
  });
});

describe("what is remembered of a log", () => {
  const long = Array.from({ length: 600 }, (_, place) => `r${place} update done @${place}`);

  it("is its last 400 entries and requests", () => {
    const life = startLife();
    life.publish();
    for (let read = 0; read < 600; read += 50) {
      life.observe(log(...long.slice(read, read + 50)));
    }
    const listing = life.ad().listings[0];
    expect([listing?.entries.length, Object.keys(listing?.requests ?? {}).length]).toEqual([400, 400]);
  });

  it("survives a read that shows more than is remembered", () => {
    const life = startLife();
    life.publish();
    life.observe(log(...long));
    expect([life.tellings(), Object.keys(life.ad().listings[0]?.requests ?? {}).length]).toEqual([[], 400]);
    expect(life.ad().listings[0]?.entries).toHaveLength(400);
    const doubtful = startLife();
    doubtful.want("1");
    doubtful.step();
    doubtful.reply(inDoubt);
    expect(() => doubtful.observeAtRest([...published(), ...log(...long)])).not.toThrow();
  });

  it("covers the 300 that a read shows, late lines among them", () => {
    const life = startLife();
    life.publish();
    const late = log("x0 update processing @-9", "x0 update done @-8", "x1 update done @-7");
    life.observe([...late, ...published()]);
    for (let line = 290; line <= 310; line += 1) {
      const all = [...late, ...published(), ...log(...long.slice(10, line))];
      life.observe(all.slice(-300));
    }
    expect(life.tellings()).toEqual([]);
  });
});
