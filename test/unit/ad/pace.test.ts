import { describe, expect, it } from "vitest";
import { currentListing } from "#shared/ad/ad.ts";
import { isReadEveryRound, nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { accepted, inDoubt, log, minute, notMade, published, second, startLife } from "./ad-life.ts";

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
    ["every round for two minutes", 2 * minute - 1, 0],
    ["each minute then", 2 * minute, minute],
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

  it("ends with the submission", () => {
    const life = answered();
    life.observe(published());
    expect(nextReadAt(life.ad(), listingOf(life), life.context())).toBeNull();
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
