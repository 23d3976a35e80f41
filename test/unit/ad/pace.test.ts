import { describe, expect, it } from "vitest";
import { currentListing } from "#shared/ad/ad.ts";
import { isReadEveryRound, listDue, nextActionAt, nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { accepted, car, inDoubt, log, minute, notMade, published, second, startLife } from "./ad-life.ts";
import { formerAlive } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;

function answered(): Life {
  const life = startLife();
  life.want("1");
  life.step();
  life.reply(accepted);
  return life;
}

function listingOf(life: Life) {
  const listing = currentListing(life.ad());
  if (listing === undefined) {
    throw new Error("nothing was ever sent");
  }
  return listing;
}

const dueIn = (life: Life) => {
  const at = nextDueAt(life.ad(), life.context());
  return at === null ? null : at - life.now();
};
const working = log("r1 create processing");

describe("the pace of reading", () => {
  it.each<[string, number, number]>([
    ["every round at first", 0, 0],
    ["every round for ten minutes", 10 * minute - 1, 0],
    ["each minute then", 10 * minute, minute],
    ["each minute until it is overdue", 29 * minute, minute],
    ["every 15 minutes after that", 31 * minute, 15 * minute],
  ])("is %s", (_name, age, pause) => {
    const life = answered();
    life.observe(working);
    life.wait(age);
    life.observe(working);
    const at = nextReadAt(life.ad(), listingOf(life), life.context());
    expect(at === null ? null : Math.max(0, at - life.now())).toBe(pause);
    expect(isReadEveryRound(life.ad(), listingOf(life), life.context())).toBe(pause === 0);
  });

  it("leaves no note in the ad while every round reads it, so that nothing is written", () => {
    const life = answered();
    life.observe(working);
    const before = life.ad();
    life.wait(5 * second);
    life.observe(working);
    expect(life.ad()).toEqual(before);
  });

  it("is that of the oldest of the writes that are read in every round", () => {
    const life = answered();
    const begunAt = life.now();
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    expect(nextReadAt(life.ad(), listingOf(life), life.context())).toBe(begunAt);
  });

  it("is every round again for two minutes when the log shows at last that a write was taken", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    life.wait(20 * minute);
    expect(isReadEveryRound(life.ad(), listingOf(life), life.context())).toBe(false);
    life.observe(working);
    expect(isReadEveryRound(life.ad(), listingOf(life), life.context())).toBe(true);
  });

  it("is that of an open write beside an overdue one", () => {
    const life = answered();
    life.stall();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.wait(11 * minute);
    life.observe(working);
    expect(nextReadAt(life.ad(), listingOf(life), life.context())).toBe(life.now() + minute);
  });

  it("ends with the submission", () => {
    const life = answered();
    life.observe(published());
    expect(nextReadAt(life.ad(), listingOf(life), life.context())).toBeNull();
  });
});

describe("a write that surely has not reached the marketplace", () => {
  it.each<[string, (life: Life) => void]>([
    ["put off", (life) => life.reply(notMade())],
    ["whose id was taken", (life) => life.reply({ kind: "exists", errors: [] })],
    ["whose id is looked up first", () => {}],
  ])("is not read by the rounds: one that was %s", (name, make) => {
    const life = startLife();
    life.want("1", car(), { listingIds: name.includes("looked up") ? "item-id" : "uuid" });
    life.step();
    make(life);
    expect(isReadEveryRound(life.ad(), listingOf(life), life.context())).toBe(false);
    expect(nextReadAt(life.ad(), listingOf(life), life.context())).toBeNull();
  });
});

describe("listDue", () => {
  it("names what an ad waits for, and nothing of one that is at rest", () => {
    const life = startLife();
    const due = () => listDue(life.ad(), life.context()).map(({ kind, at, of }) => [kind, at - life.now(), of]);
    life.publish();
    expect(due()).toEqual([]);
    life.want("2", car(2));
    life.change({ askedAt: life.now() });
    life.want("3", car(3));
    expect(due()).toEqual([
      ["outbox", 5 * second, null],
      ["action", minute, null],
    ]);
    life.change({ tokenId: "unassigned", outbox: [] });
    expect(due()).toEqual([["token", 5 * minute, null]]);
  });
});

describe("nextActionAt", () => {
  it.each<[string, (life: Life) => void, number | null]>([
    ["an attempt that holds its lease", () => {}, 20 * second],
    ["a doubt", (life) => life.reply(inDoubt), 20 * second],
    ["an answer", (life) => life.reply(accepted), null],
  ])("for %s is when plan has something to do", (_name, make, expected) => {
    const life = startLife();
    life.want("1");
    life.step();
    make(life);
    const at = nextActionAt(life.ad(), life.context());
    expect(at === null ? null : at - life.now()).toBe(expected);
  });
});

describe("nextDueAt", () => {
  it.each<[string, (life: Life) => void, number | null]>([
    ["nothing known", () => {}, null],
    ["a wish that waits", (life) => life.want("1"), 0],
    [
      "what is to be repeated, by its pause",
      (life) => {
        life.want("1");
        life.step();
        life.reply(notMade(90_000));
      },
      90_000,
    ],
    [
      "what is to be repeated and has been replaced, at once",
      (life) => {
        life.want("1");
        life.step();
        life.reply(notMade(90_000));
        life.remove("2");
      },
      0,
    ],
    [
      "an outbox, soon",
      (life) => {
        life.want("1");
        life.want("2");
        life.step();
        life.reply(notMade(90_000));
      },
      5 * second,
    ],
    [
      "nothing open and everything told",
      (life) => {
        life.publish();
      },
      null,
    ],
    [
      "what was asked of submit, when that had its time",
      (life) => {
        life.want("1");
        life.change({ askedAt: life.now() });
      },
      minute,
    ],
    [
      "a wish whose lane is closed, when that opens",
      (life) => {
        life.want("1");
        life.change({ heldUntil: life.now() + 5 * minute });
      },
      5 * minute,
    ],
    [
      "a watched listing without a token, when one is looked for again",
      (life) => {
        life.want("1");
        life.step();
        life.reply(accepted);
        life.observe(log("r1 create done", "r1 publish error"));
        life.change({ tokenId: "unassigned", askedAt: life.now(), outbox: [] });
      },
      5 * minute,
    ],
    [
      "an open write without a token, when one is looked for again",
      (life) => {
        life.want("1");
        life.step();
        life.reply(notMade(90_000));
        life.change({ tokenId: "unassigned", askedAt: life.now() });
      },
      5 * minute,
    ],
    [
      "a charged call without a token, when one is looked for again",
      (life) => {
        life.change({ tokenId: "unassigned", askedAt: life.now() });
        life.charge("b");
      },
      5 * minute,
    ],
    [
      "nothing to do without a token",
      (life) => {
        life.publish();
        life.change({ tokenId: "unassigned", askedAt: life.now() });
      },
      null,
    ],
    [
      "a wish without a token, when one is looked for again",
      (life) => {
        life.change({ tokenId: "unassigned", askedAt: life.now() });
        life.want("1");
      },
      5 * minute,
    ],
  ])("%s", (_name, make, expected) => {
    const life = startLife();
    make(life);
    const ms = dueIn(life);
    expect(ms === null ? null : Math.max(0, ms)).toBe(expected);
  });

  it("a watched listing of an earlier generation without a token, when one is looked for again", () => {
    const { life } = formerAlive();
    life.change({ tokenId: "unassigned", askedAt: life.now() });
    expect(dueIn(life)).toBe(5 * minute);
  });

  it("what was never answered, when it stalls, though its repeat comes later", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(notMade(6 * 60 * minute));
    expect(dueIn(life)).toBeLessThanOrEqual(30 * minute);
  });

  it("a doubt: read in every round, judged after its lease", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    expect(dueIn(life)).toBe(0);
    expect(life.step().kind).toBe("none");
  });
});
