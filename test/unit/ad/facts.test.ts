import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { compareLogEntries } from "#shared/blocket/log-order.ts";
import { accepted, boat, car, deleted, hiddenCar, inDoubt, log, minute, published, startLife } from "./ad-life.ts";

type Life = ReturnType<typeof startLife>;

function answered(document = car()): Life {
  const life = startLife();
  life.want("1", document);
  life.step();
  life.reply(accepted);
  return life;
}

function deleting(document = car()): Life {
  const life = startLife();
  life.publish("1", document);
  life.remove("2");
  life.step();
  life.reply(accepted);
  return life;
}

const working = log("r1 create done @1", "r1 handle_media processing @2", "r1 publish done @3");
const mediaFailed = log("r1 handle_media error @4");
const failedPictures = [{ code: "handle_media-error", pointer: null, message: "handle_media error" }];

describe("a fact", () => {
  it("is told at first sight and once, however often it is read", () => {
    const life = answered();
    life.observe(published());
    const told = structuredClone(life.ad().outbox);
    life.observe(published());
    life.wait(60 * minute);
    life.observe(published());
    expect(life.tellings()).toEqual(["AdPublished"]);
    expect(life.ad().outbox).toEqual(told);
  });

  it("says who wished for it, which request brought it, and when the marketplace says it was", () => {
    const life = answered();
    life.observe(published());
    expect(life.told()).toMatchObject([
      {
        type: "AdPublished",
        metadata: { correlationId: "1", causationId: "r1", occurredAt: "2026-01-01T00:00:03.000Z", sequence: 1 },
        data: { blocketAdId: "1400", warnings: [] },
      },
    ]);
  });

  it("is told before the reply has come", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.observe(published());
    expect(life.tellings()).toEqual(["AdPublished"]);
    expect(life.phase()).toBe("calling");
  });

  it("has the same id when another process sees it at another time", () => {
    const ids = [0, minute].map((wait) => {
      const life = answered();
      life.wait(wait);
      life.observe(published());
      return life.told()[0]?.metadata.id;
    });
    expect(ids[0]).toBe(ids[1]);
  });

  it("is told once though a read shows its line twice", () => {
    const life = answered();
    life.observe(log("r1 create done", "r1 publish error @2", "r1 publish error @2"));
    expect(life.tellings()).toEqual(["AdErrored"]);
  });

  it("of the same action at another time is another fact", () => {
    const life = answered();
    life.observe(log("r1 create done", "r1 publish error @2", "r1 publish error @3"));
    expect(new Set(life.told().map(({ metadata }) => metadata.id)).size).toBe(2);
  });

  it.each([
    ["older than one told before", 2, true],
    ["of the same time", 3, false],
    ["newer", 4, false],
  ])("%s: late is %3$s", (_name, at, late) => {
    const life = answered();
    life.observe(published());
    life.observe([...log(`r1 publish error @${at}`), ...published()].sort(compareLogEntries));
    const [, second] = life.told();
    expect(second).toMatchObject({ type: "AdErrored", data: { stage: "publish" } });
    expect(second?.data && "late" in second.data).toBe(late);
  });
});

describe("a late fact", () => {
  it("does not make a later one look new", () => {
    const life = answered();
    const late = log("r1 publish error @1");
    const alsoLate = log("r1 publish error @2");
    life.observe(published());
    life.observe([...late, ...published()]);
    life.observe([...late, ...alsoLate, ...published()]);
    expect(life.told().map(({ data }) => "late" in data)).toEqual([false, true, true]);
  });
});

describe("AdPublished", () => {
  it("waits for the ad's id, two minutes at most", () => {
    const life = answered();
    life.observe(published(), { blocketAdId: null });
    life.wait(2 * minute - 1);
    life.observe(published(), { blocketAdId: null });
    expect([life.tellings(), life.receipts()]).toEqual([[], []]);
    life.wait(1);
    life.observe(published(), { blocketAdId: null });
    expect(life.told()).toMatchObject([{ type: "AdPublished", data: { blocketAdId: null } }]);
    expect(life.receipts()).toEqual(["1 applied published"]);
  });

  it("that waits for the id and whose line vanishes holds up no later publish", () => {
    const life = answered();
    life.observe(published(), { blocketAdId: null });
    life.observeAtRest([...log("r1 create processing", "r1 create done"), ...log("r1 publish done @9")]);
    expect(life.receipts()).toEqual(["1 applied published"]);
  });

  it("is told with the id as soon as that shows", () => {
    const life = answered();
    life.observe(published(), { blocketAdId: null });
    life.observe(published(), { blocketAdId: "1400" });
    expect(life.told()).toMatchObject([{ data: { blocketAdId: "1400" } }]);
  });

  it("waits for the pictures, two minutes at most", () => {
    const life = answered();
    life.observe(working);
    expect(life.tellings()).toEqual([]);
    life.wait(2 * minute);
    life.observe(working);
    expect(life.told()).toMatchObject([{ type: "AdPublished", data: { warnings: [] } }]);
  });

  it("carries failed pictures as a warning, and nothing is told of them beside", () => {
    const life = answered();
    life.observe(working);
    life.observe([...working, ...mediaFailed]);
    expect(life.told()).toMatchObject([{ type: "AdPublished", data: { warnings: failedPictures } }]);
    expect(life.receipts()).toEqual(["1 applied published"]);
  });

  it("is not held up by another request's pictures", () => {
    const life = answered();
    life.observe([...log("stranger handle_media processing @0"), ...published()]);
    expect(life.tellings()).toEqual(["AdPublished"]);
  });
});

describe("AdErrored", () => {
  it.each(["create", "publish", "unpublish"])("tells an error of %s with the API's own words", (action) => {
    const life = answered();
    life.observe(log("r1 create processing @0", `r1 ${action} error @1`));
    const errors = [{ code: `${action}-error`, pointer: null, message: `${action} error` }];
    expect(life.told()).toMatchObject([{ type: "AdErrored", data: { stage: action, errors } }]);
  });

  it("carries failed pictures beside a failed publish", () => {
    const life = answered();
    life.observe(log("r1 create done @1", "r1 handle_media error @2", "r1 publish error @3"));
    expect(life.told()).toMatchObject([
      { type: "AdErrored", data: { stage: "publish", errors: [{ code: "publish-error" }, failedPictures[0]] } },
    ]);
  });

  it("tells failed pictures alone when nothing was published at the end", () => {
    const life = answered(car(1, { dont_publish_on_failed_images: true }));
    const entries = log("r1 create done @1", "r1 handle_media error @2");
    life.observe(entries);
    expect(life.tellings()).toEqual([]);
    life.wait(2 * minute);
    life.observe(entries);
    expect(life.told()).toMatchObject([{ type: "AdErrored", data: { stage: "handle_media", errors: failedPictures } }]);
    expect(life.receipts()).toEqual(["1 applied errored"]);
  });

  it("of a publish is followed by AdPublished when the marketplace tries again by itself", () => {
    const life = answered();
    const failed = log("r1 create done @1", "r1 publish error @2");
    life.observe(failed);
    life.want("2", car(2));
    life.step();
    life.observe([...failed, ...log("r1 publish done @60")]);
    expect(life.tellings()).toEqual(["AdErrored", "AdPublished"]);
  });

  it("carries failed pictures that show up only after the error beside them", () => {
    const life = answered(hiddenCar);
    life.observe(log("r1 create error @1", "r1 handle_media processing @2"));
    life.observeAtRest(log("r1 create error @1", "r1 handle_media processing @2", "r1 handle_media error @3"));
    expect(JSON.stringify(life.told())).toContain("handle_media-error");
  });
});

describe("AdDeleted", () => {
  it("waits until the row reads as deleted", () => {
    const life = deleting();
    life.observe([...published(), ...deleted()]);
    expect([life.tellings(), life.receipts()]).toEqual([[], []]);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    expect(life.tellings()).toEqual(["AdDeleted"]);
    expect(life.receipts()).toEqual(["2 applied absent"]);
  });

  it("stands for the unpublish that a deletion brings with it", () => {
    const life = deleting();
    const entries = [...log("r2 delete processing @9", "r2 unpublish done @10"), ...deleted().slice(1)];
    life.observe([...published(), ...entries], { state: "deleted" });
    expect(life.tellings()).toEqual(["AdDeleted"]);
  });

  it("is not told of a row that is deleted without a request of ours, the AdPublished of our accepted POST is", () => {
    const life = answered();
    life.observe([...published(), ...deleted("stranger")], { state: "deleted" });
    expect(life.tellings()).toEqual(["AdPublished"]);
  });
});

describe("AdUnpublished", () => {
  it("tells that a hidden document took the ad off while it still exists", () => {
    const life = startLife();
    life.publish();
    life.want("2", hiddenCar);
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...log("r2 update done @10", "r2 unpublish done @11")]);
    expect(life.tellings()).toEqual(["AdUnpublished"]);
  });
});

describe("what no one knows", () => {
  it.each(["r1 boil done @2", "r1 publish simmering @2"])("%s is kept and breaks nothing", (line) => {
    const life = answered(boat());
    life.observe(log("r1 create done @1", line));
    expect(life.tellings()).toEqual([]);
    expect(life.phase()).toBe("answered");
  });
});

describe("a log whose lines share their times", () => {
  /** Of each line its time is cut to the second that all of a burst share. */
  const blurred = (entries: LogEntry[], at: number) =>
    entries.map((entry) => ({ ...entry, created: new Date(Date.UTC(2026, 0, 1) + at).toISOString() }));

  it.each<[string, string[]]>([
    [
      "a publish",
      ["create done", "handle_media processing", "handle_media done", "publish processing", "publish done"],
    ],
    ["a publish without pictures", ["create done", "handle_media error", "publish processing", "publish done"]],
    ["a failed publish", ["create processing", "create done", "publish processing", "publish error"]],
    ["a failed create", ["create processing", "create error"]],
  ])("tells the same facts of %s in whatever order it comes", (_name, words) => {
    const entries = blurred(log(...words.map((line) => `r1 ${line}`)), 5_000);
    const tellOf = (order: LogEntry[]) => {
      const life = answered();
      life.observeAtRest(order.toSorted(compareLogEntries));
      return [life.told().map(({ type, data }) => ({ type, data })), life.receipts()];
    };
    const expected = tellOf(entries);
    expect(expected[0]).toHaveLength(1);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (order) => {
        expect(tellOf(order)).toEqual(expected);
      }),
    );
  });

  it("tells the same facts wherever the reads fall", () => {
    const words = [
      "create done",
      "handle_media processing",
      "handle_media error",
      "publish processing",
      "publish done",
    ];
    const entries = log(...words.map((line) => `r1 ${line}`));
    fc.assert(
      fc.property(fc.subarray([1, 2, 3, 4]), (reads) => {
        const life = answered();
        for (const upTo of reads) {
          life.observe(entries.slice(0, upTo));
        }
        life.observe(entries);
        expect(life.told()).toMatchObject([{ type: "AdPublished", data: { warnings: failedPictures } }]);
      }),
    );
  });
});

describe("facts that one read shows", () => {
  /** A car whose second document showed no result, and whose removal went out after that. */
  const removedBesideStalled = () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.stall();
    life.remove("3");
    life.step();
    life.reply(accepted);
    life.forgetTold();
    return life;
  };

  it.each<[string, number[]]>([
    ["of one time, are told in the order in which their writes were begun", [50, 50]],
    ["are told in the order of their times", [49, 50]],
  ])("%s, whatever order the log has: the last one told is what holds", (_name, [update, removal]) => {
    const life = removedBesideStalled();
    const roots = log("r2 update processing @40", "r3 delete processing @41");
    life.observe([...published(), ...roots]);
    const ends = log(`r3 delete done @${removal}`, `r2 publish done @${update}`);
    life.observe([...published(), ...roots, ...ends], { state: "deleted" });
    expect(life.tellings()).toEqual(["AdPublished", "AdDeleted"]);
    expect(life.told().some(({ data }) => "late" in data)).toBe(false);
  });
});

describe("a deletion beside another write of its listing", () => {
  it("is not told before the row is deleted", () => {
    const life = answered(boat());
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    life.observe([...log("r1 create done"), ...deleted("r2", 50)]);
    expect(life.tellings()).toEqual([]);
  });

  it("is told though the row is alive when its own write has ended, and another is about", () => {
    const life = deleting(boat());
    const shown = [...published(), ...deleted()];
    life.observe(published(), { state: "deleted" });
    life.wait(4 * minute);
    life.observe(published(), { state: "deleted" });
    expect([life.receipts(), life.tellings()]).toEqual([["2 applied absent"], []]);
    life.want("3", boat("Another text."));
    life.step();
    life.reply(accepted);
    life.observe(shown);
    expect(life.told()).toMatchObject([{ type: "AdDeleted", data: { blocketAdId: "1400" } }]);
  });
});

describe("a fact of an earlier generation", () => {
  /** A car that was published, deleted in doubt, and so is watched; its next generation has been accepted. */
  const revived = () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(inDoubt);
    life.observeAtRest([...published(), ...deleted()], { state: "deleted" });
    life.want("3");
    life.step();
    life.reply(accepted);
    life.forgetTold();
    return life;
  };
  const old = (life: Life) => ({ listingId: life.ad().listings[0]?.id ?? "", state: "deleted" });
  const news = [...published(), ...deleted(), ...log("r1 publish error @500")];

  it("is news as long as the later one has told nothing", () => {
    const life = revived();
    life.observe(news, old(life));
    expect(life.told()).toMatchObject([{ type: "AdErrored" }]);
    expect(life.told()[0]?.data).not.toHaveProperty("late");
  });

  it("does not make the later one's late, whatever the marketplace's clock says", () => {
    const life = revived();
    life.observe(news, old(life));
    life.observe(published("n1", "create", 400));
    expect(life.tellings()).toEqual(["AdErrored", "AdPublished"]);
    expect(life.told()[1]?.data).not.toHaveProperty("late");
  });

  it("is late once the later one has told something, whatever the marketplace's clock says", () => {
    const life = revived();
    life.observe(published("n1", "create", 400));
    life.observe(news, old(life));
    expect(life.told()).toMatchObject([{ type: "AdPublished" }, { type: "AdErrored", data: { late: true } }]);
  });
});

describe("failed pictures beside another error", () => {
  it("are those of the same request, and only the failed ones", () => {
    const life = answered();
    life.observe(log("r1 create done", "r1 handle_media done", "r1 publish error"));
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    const before = log("r1 create done", "r1 handle_media done", "r1 publish error", "r1 handle_media error @5");
    life.observe([...before, ...log("r2 update done @10", "r2 handle_media done @11", "r2 publish error @12")]);
    const codes = life.told().map(({ data }) => "errors" in data && data.errors.map(({ code }) => code));
    expect(codes).toEqual([["publish-error"], ["publish-error"]]);
  });

  it("are a fact of each write whose only error they are", () => {
    const life = answered();
    const first = log("r1 create done", "r1 handle_media error");
    life.observeAtRest(first);
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observeAtRest([...first, ...log("r2 update done @10", "r2 handle_media error @11")]);
    expect(life.tellings()).toEqual(["AdErrored", "AdErrored"]);
    expect(new Set(life.told().map(({ metadata }) => metadata.id)).size).toBe(2);
  });

  it("are not told again when the write settles, though an older one is still about", () => {
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
    const errored = log(
      "r2 update done @10",
      "r3 update done @20",
      "r3 handle_media error @21",
      "r3 publish error @22",
    );
    life.observeAtRest([...published(), ...errored]);
    expect([life.tellings(), life.receipts()]).toEqual([["AdErrored", "AdUpdated"], ["3 applied errored"]]);
  });
});
