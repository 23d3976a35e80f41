import { describe, expect, it } from "vitest";
import type { LogEntry, Row } from "#shared/ad/marketplace.ts";
import { accepted, boat, car, deleted, hiddenCar, inDoubt, log, minute, published, startLife } from "./ad-life.ts";

type Life = ReturnType<typeof startLife>;

function answered(document = car()): Life {
  const life = startLife();
  life.want("1", document);
  life.step();
  life.reply(accepted);
  return life;
}

/** What the receipts say at the first read of this log, and after two minutes of the same. */
function ends(life: Life, entries: LogEntry[], fields: Partial<Row> = {}): [first: string[], atRest: string[]] {
  life.observe(entries, fields);
  const first = life.receipts();
  life.wait(2 * minute - 1);
  life.observe(entries, fields);
  expect(life.receipts()).toEqual(first);
  life.wait(1);
  life.observe(entries, fields);
  return [first, life.receipts()];
}

describe("a visible document", () => {
  it.each<[string, LogEntry[], string | null, string | null]>([
    [
      "publish done, whatever else goes on",
      [...log("r1 create processing"), ...published().slice(2)],
      "published",
      null,
    ],
    ["publish error", log("r1 create done", "r1 publish error"), "errored", null],
    ["another error, at rest", log("r1 create done", "r1 handle_media error"), null, "errored"],
    ["the root's error, at rest", log("r1 create processing", "r1 create error"), null, "errored"],
    ["the root done and no publish, at rest", log("r1 create done"), null, "updated"],
    ["something unfinished", log("r1 create done", "r1 publish processing"), null, null],
    ["an error beside something unfinished", log("r1 create error", "r1 handle_media processing"), null, null],
    ["an unknown state", log("r1 create done", "r1 publish simmering"), null, null],
    ["only a stranger's publish", log("r9 update done", "r9 publish done"), null, null],
    ["no line at all", [], null, null],
  ])("%s", (_name, entries, atOnce, atRest) => {
    const [first, last] = ends(answered(), entries);
    expect(first).toEqual(atOnce === null ? [] : [`1 applied ${atOnce}`]);
    expect(last).toEqual([atOnce ?? atRest].filter((outcome) => outcome !== null).map((how) => `1 applied ${how}`));
  });

  it("that ends without a publish is told as AdUpdated", () => {
    const life = answered();
    life.observeAtRest(log("r1 create done"));
    expect(life.told()).toMatchObject([{ type: "AdUpdated", data: { created: true, visible: true } }]);
  });

  it("starts its two minutes anew when the log changes", () => {
    const life = answered();
    life.observe(log("r1 create processing"));
    life.wait(2 * minute);
    life.observe(log("r1 create processing", "r1 create done"));
    expect(life.receipts()).toEqual([]);
    life.wait(2 * minute);
    life.observe(log("r1 create processing", "r1 create done"));
    expect(life.receipts()).toEqual(["1 applied updated"]);
  });

  it("goes by its listing once that was seen, whatever plate the row shows then", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10)], { plate: null });
    expect(life.receipts()).toEqual(["2 applied published"]);
  });

  it("does not mind in which order the log comes", () => {
    const life = answered();
    const entries = log("r1 create done @1", "r1 handle_media done @1");
    life.observe(entries);
    life.wait(2 * minute);
    life.observe(entries.toReversed());
    expect(life.receipts()).toEqual(["1 applied updated"]);
  });

  it("does not settle on the publish of the write before it", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    expect(ends(life, [...published(), ...log("r2 update processing @10")])).toEqual([[], []]);
  });

  it("does not settle while its own attempt holds the lease", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.observe(published());
    expect([life.tellings(), life.receipts()]).toEqual([["AdPublished"], []]);
    life.reply(accepted);
    life.observe(published());
    expect(life.receipts()).toEqual(["1 applied published"]);
  });
});

describe("a POST that could not bring all that is wished", () => {
  it("has ended when it errored: the rest is not sent after it", () => {
    const price = ["list", "reduced"].map((type) => ({ type, amount: 90_000 }));
    const life = answered(car(1, { price }));
    life.observe(log("r1 create done", "r1 publish error"));
    expect([life.receipts(), life.tellings()]).toEqual([["1 applied errored"], ["AdErrored"]]);
    expect(life.step().kind).toBe("none");
  });
});

describe("a hidden document", () => {
  it.each<[string, LogEntry[], string | null]>([
    ["root done", log("r1 create processing", "r1 create done"), "hidden"],
    ["root done and pictures failed", log("r1 create done", "r1 handle_media error"), "errored"],
    ["something unfinished", log("r1 create done", "r1 handle_media processing"), null],
    ["root unfinished", log("r1 create processing"), null],
  ])("%s: only at rest", (_name, entries, outcome) => {
    const [first, last] = ends(answered(hiddenCar), entries);
    expect([first, last]).toEqual([[], outcome === null ? [] : [`1 applied ${outcome}`]]);
  });

  it("is told as AdUpdated: created for its first, not for a later one", () => {
    const life = answered(hiddenCar);
    const first = log("r1 create done");
    life.observeAtRest(first, { blocketAdId: null });
    life.want("2", car(2, { visible: false }));
    life.step();
    life.reply(accepted);
    life.observeAtRest([...first, ...log("r2 update done @10")], { blocketAdId: null });
    expect(life.told()).toMatchObject([
      { type: "AdUpdated", metadata: { correlationId: "1" }, data: { created: true, visible: false, warnings: [] } },
      { type: "AdUpdated", metadata: { correlationId: "2" }, data: { created: false, visible: false } },
    ]);
    expect(new Set(life.told().map(({ metadata }) => metadata.id)).size).toBe(2);
  });
});

describe("a delete", () => {
  const deleting = () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    return life;
  };

  it.each<[string, LogEntry[], string, string | null]>([
    ["done and read back as deleted", deleted(), "deleted", "absent"],
    ["done, the row not yet", deleted(), "created", null],
    ["error", log("r2 delete processing @9", "r2 delete error @10"), "created", "errored"],
    ["unfinished, though the row is deleted", deleted().slice(0, 1), "deleted", null],
    ["only a stranger's update", log("stranger update done @9"), "deleted", null],
  ])("%s", (_name, entries, state, outcome) => {
    const [first, last] = ends(deleting(), [...published(), ...entries], { state });
    expect(first).toEqual(outcome === null ? [] : [`2 applied ${outcome}`]);
    expect(last).toEqual(first);
  });
});

describe("a delete without a line of its own", () => {
  /** Accepted ten minutes after the last line of a log, on a row that reads as deleted. */
  const silent = () => {
    const life = startLife();
    life.publish();
    life.wait(10 * minute);
    life.remove("2");
    life.step();
    life.reply(accepted);
    return life;
  };
  const look = (life: Life, ms: number, entries = published()) => {
    life.wait(ms);
    life.observe(entries, { state: "deleted" });
    return [life.receipts(), life.tellings()];
  };

  it("settles four minutes after it was accepted, in silence", () => {
    const life = silent();
    expect(look(life, 0)).toEqual([[], []]);
    expect(look(life, 4 * minute - 1)).toEqual([[], []]);
    expect(look(life, 1)).toEqual([["2 applied absent"], []]);
  });

  it("settles four minutes after the last change of the log", () => {
    const life = silent();
    const moved = [...published(), ...log("stranger update done @50")];
    look(life, 3 * minute, moved);
    expect(look(life, 4 * minute - 1, moved)).toEqual([[], []]);
    expect(look(life, 1, moved)).toEqual([["2 applied absent"], []]);
  });

  it("settles when it was overdue before the row was deleted, and not while that is alive", () => {
    const life = silent();
    life.stall();
    life.forgetTold();
    life.observe(published());
    expect(life.phase()).toBe("overdue");
    look(life, 0);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { outcome: "absent", clean: false } });
  });
});

describe("a write beside one that is overdue, overtaken or in doubt", () => {
  const stuck = log("r2 update processing @10");
  /** An update (2) that the marketplace is stuck with, and another (3) that was accepted when it was overdue. */
  const overdue = () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...stuck]);
    life.wait(30 * minute);
    life.observe([...published(), ...stuck]);
    life.want("3", car(3));
    life.step();
    life.reply(accepted);
    life.forgetTold();
    return life;
  };
  const third = [...published(), ...stuck, ...published("r3", "update", 20)];
  const finished = [...third, ...log("r2 update done @30")];

  it("settles only at rest, though its publish is done and told", () => {
    const life = overdue();
    expect(ends(life, finished)).toEqual([[], ["3 applied published"]]);
    expect(life.tellings()).toEqual(["AdPublished"]);
  });

  it("settles only when every fitting request has finished", () => {
    const life = overdue();
    expect(ends(life, third)).toEqual([[], []]);
    expect(ends(life, finished)[1]).toEqual(["3 applied published"]);
  });

  it("settles beside one that never finishes when it could be overdue itself", () => {
    const life = overdue();
    life.observe(third);
    life.wait(30 * minute - 1);
    life.observe(third);
    expect(life.receipts()).toEqual([]);
    life.wait(1);
    life.observe(third);
    expect(life.receipts()).toEqual(["3 applied published"]);
  });

  it("does not wait for a stranger's request", () => {
    const life = overdue();
    expect(ends(life, [...finished, ...log("r4 bump processing @31")])[1]).toEqual(["3 applied published"]);
  });

  it("closes the older ones, and is not clean", () => {
    const life = overdue();
    life.observeAtRest(finished);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { outcome: "published", clean: false } });
  });

  it("does not close them when it errored", () => {
    const life = overdue();
    const errored = log("r3 update done @20", "r3 publish error @21", "r2 handle_media processing @30");
    life.observe([...published(), ...stuck, ...errored]);
    life.wait(30 * minute);
    life.observe([...published(), ...stuck, ...errored]);
    expect(life.receipts()).toEqual(["3 applied errored"]);
    expect(life.ad().submissions).toMatchObject([{ number: 2 }]);
    const late = log("r2 update done @39", "r2 publish done @40", "r2 handle_media done @41");
    life.observeAtRest([...published(), ...stuck, ...errored, ...late]);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { submission: 3, outcome: "errored" } });
  });

  it("that was in doubt itself settles only at rest", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    expect(ends(life, published())).toEqual([[], ["1 applied published"]]);
  });

  it("and is a removal closes the write that it overtook: superseded, once", () => {
    const life = startLife();
    life.want("1", boat());
    life.step();
    life.reply(inDoubt);
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    life.observeAtRest(deleted(), { state: "deleted" });
    expect(life.receipts()).toEqual(["1 superseded newer-wish", "2 applied absent"]);
    expect(life.ad().submissions).toEqual([]);
  });

  it("and is a removal closes what it overtook without a word, whose own end comes with the same read", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    const both = [...published(), ...deleted()];
    expect(ends(life, both, { state: "deleted" })).toEqual([[], ["1 superseded newer-wish", "2 applied absent"]]);
    expect(life.tellings()).toEqual(["AdPublished", "AdDeleted"]);
  });
});

describe("what a settled write leaves behind", () => {
  it("a clean one: nothing but its own fields may be held", () => {
    const life = answered(car(1, { video_url: "https://a.example/v" }));
    life.observe(published());
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    expect(life.ad().listings[0]?.held).toContain("/video_url");
    life.observe([...published(), ...published("r2", "update", 10)]);
    expect(life.ad().listings[0]?.held).not.toContain("/video_url");
  });

  it("a clean one after a doubt: what was in doubt may yet land", () => {
    const life = startLife();
    life.want("1", car(1, { video_url: "https://a.example/v" }));
    life.step();
    life.reply(inDoubt);
    life.observeAtRest(published());
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observeAtRest([...published(), ...published("r2", "update", 10)]);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { outcome: "published", clean: true } });
    expect(life.ad().listings[0]?.held).toContain("/video_url");
  });

  it.each<[string, LogEntry[], string]>([
    ["a delete whose row is alive at rest", deleted(), "created"],
    ["a document whose row is deleted at rest", log("r2 update done @100"), "deleted"],
  ])("%s: no clean outcome, though a newer wish leaves the difference alone", (_name, entries, state) => {
    const life = startLife();
    life.publish();
    state === "created" ? life.remove("2") : life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.want("3", car(3));
    life.observeAtRest([...published(), ...entries], { state });
    expect(life.ad()).toMatchObject({ submissions: [], settled: { submission: 2, clean: false } });
  });

  it("an unclean one: everything that was ever sent may be", () => {
    const life = answered(car(1, { video_url: "https://a.example/v" }));
    life.observe(published());
    life.want("2", car(2));
    life.step();
    life.reply(inDoubt);
    life.observeAtRest([...published(), ...published("r2", "update", 10)]);
    expect(life.ad().listings[0]?.held).toContain("/video_url");
  });

  it("no document but those of the wish and of the last outcome", () => {
    const life = startLife();
    life.publish("1", car(1));
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    expect(Object.keys(life.ad().documents)).toHaveLength(2);
    life.observe([...published(), ...published("r2", "update", 10)]);
    expect(Object.values(life.ad().documents)).toEqual([car(2)]);
    life.remove("3");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10), ...deleted("r3")], { state: "deleted" });
    expect(life.ad().documents).toEqual({});
  });
});
