import { describe, expect, it } from "vitest";
import { describeUnreadable } from "#local/bridge/stage/describe-fault.ts";
import { findStuck, type StuckWish } from "#local/bridge/stuck/find-stuck.ts";
import { parseSpan } from "#local/bridge/stuck/span.ts";
import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { type Lane, pausedLane } from "#shared/ad/lane.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { UnreadableAdError } from "#shared/aws/unreadable-ad-error.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeChainTable } from "#test/support/aws/fake-chain-table.ts";
import { fakeLaneTable } from "#test/support/aws/fake-lane-table.ts";
import { accepted, dawn, minute, startLife } from "#test/unit/ad/ad-life.ts";
import { inPhase } from "#test/unit/ad/in-phase.ts";

const context = { now: dawn + 60 * minute, waits: productionWaits, newId: () => "id", random: () => 0.5 };
const everything: StuckWish = { removals: false, olderThanMs: 0 };
const chain = {
  round: 1,
  nextAt: dawn,
  emptySince: null,
  asleep: false,
  pace: 1,
  adsPerRead: 50,
  after: null,
  passAt: 0,
  readsSince: 0,
  readsPausedUntil: null,
};

type Place = { itemId: string; tokenId?: string; dealerCode?: string };

/** Ads as they are in the table, whatever happened before; their chains may be there or lost. */
async function find(
  ads: readonly (readonly [Place, Ad])[],
  {
    wish = everything,
    lanes = [],
    tokenIds = ["group"],
    chains = [],
    repeats = false,
    unreadable,
    keepsOutbox = false,
  }: Partial<Options> = {},
) {
  const table = fakeAdTable();
  for (const [{ itemId, tokenId = "group", dealerCode = "DEMO" }, ad] of ads) {
    const placed = { ...ad, key: { dealerCode, itemId }, tokenId, outbox: keepsOutbox ? ad.outbox : [] };
    await table.save(placed, nextDueAt(placed, context));
  }
  const chainTable = fakeChainTable();
  await Promise.all(chains.map((tokenId) => chainTable.create({ ...chain, tokenId })));
  const laneTable = fakeLaneTable();
  await Promise.all(lanes.map((lane) => laneTable.save(lane)));
  const said: string[] = [];
  const seen: number[] = [];
  const listTokenIds = async () => {
    if (tokenIds === null) {
      throw new RetryableError("could not read the secret");
    }
    return tokenIds;
  };
  const findDue = async (query: Parameters<typeof table.findDue>[0]) => {
    const page = await table.findDue(query);
    return repeats ? { ...page, keys: [...page.keys, ...page.keys] } : page;
  };
  const load = (key: AdKey) =>
    "itemId" in key && key.itemId === unreadable
      ? Promise.reject(new UnreadableAdError(key, new Error("of another version")))
      : table.load(key);
  const ports = { table: { load, findDue }, chains: chainTable, lanes: laneTable, tokens: { listTokenIds } };
  const hooks = {
    progress: (count: number) => void seen.push(count),
    warn: (text: string) => void said.push(text),
    unreadable: (fault: UnreadableAdError) => void said.push(describeUnreadable(fault)),
  };
  return { stuck: await findStuck(ports, { wish, context, hooks }), said, seen };
}
type Options = {
  keepsOutbox: boolean;
  unreadable: string;
  repeats: boolean;
  wish: StuckWish;
  lanes: Lane[];
  tokenIds: string[] | null;
  chains: string[];
};

const namesOf = ({ stuck }: Awaited<ReturnType<typeof find>>) => stuck.map(({ ad }) => ad);
const becauseOf = async (ad: Ad, options: Partial<Options> = {}) =>
  (await find([[{ itemId: "a" }, ad]], options)).stuck.map(({ because }) => because);

/** A life that begins so many minutes later than others. */
const later = (minutes: number) => {
  const life = startLife();
  life.wait(minutes * minute);
  return life;
};
const removing = (life = startLife()) => {
  life.publish();
  life.remove("2");
  life.step();
  life.reply(accepted);
  return life;
};
const closed = (dealerCode: string | null): Lane => ({
  ...pausedLane("", dawn),
  tokenId: "group",
  dealerCode,
  reason: "unauthorized",
});

describe("the ads that are stuck", () => {
  it("come oldest first, with what is open since when", async () => {
    const found = await find([
      [{ itemId: "young" }, inPhase.doubt(later(3)).ad()],
      [{ itemId: "old" }, inPhase.answered().ad()],
      [{ itemId: "mid", dealerCode: "SOLO" }, inPhase.ready(later(2)).ad()],
    ]);
    expect(namesOf(found)).toEqual(["DEMO/old", "SOLO/mid", "DEMO/young"]);
    const [listing] = inPhase.answered().ad().listings;
    expect(found.stuck[0]).toEqual({
      ...{ ad: "DEMO/old", dealerCode: "DEMO", itemId: "old", kind: "submission", call: "post" },
      ...{ since: new Date(dawn).toISOString(), listingId: listing?.id },
      because: expect.stringMatching(/^submission 1: POST for a wish, accepted, .*tells it as stalled$/),
    });
  });

  it("are found under a token of another name, under none, and in every page of the index", async () => {
    const many = Array.from({ length: 250 }, (_, place) => [{ itemId: `${place}` }, inPhase.doubt().ad()] as const);
    const lives = [
      ...many,
      [{ itemId: "renamed", tokenId: "former" }, inPhase.doubt().ad()] as const,
      [{ itemId: "homeless", tokenId: "unassigned" }, inPhase.doubt().ad()] as const,
    ];
    const found = await find(lives, { chains: ["former", "group"], repeats: true });
    expect(new Set(namesOf(found)).size).toBe(252);
    expect([found.stuck.length, Math.max(...found.seen), found.said]).toEqual([252, 252, []]);
  });

  it("are found without the tokens where these cannot be read, which is said", async () => {
    const found = await find([[{ itemId: "a" }, inPhase.doubt().ad()]], { tokenIds: null, chains: ["group"] });
    expect([namesOf(found), found.said]).toEqual([["DEMO/a"], [expect.stringMatching(/^the tokens cannot be read /)]]);
  });

  it("are all but one that cannot be read, which is said", async () => {
    const ads = ["bad", "good"].map((itemId) => [{ itemId }, inPhase.doubt().ad()] as const);
    const found = await find(ads, { unreadable: "bad" });
    expect([namesOf(found), found.said]).toEqual([
      ["DEMO/good"],
      ["the ad DEMO/bad cannot be read from the table: of another version"],
    ]);
  });

  it("are not those at rest or watched; but one told as stalled is, and a removal until it is confirmed", async () => {
    const published = startLife();
    published.publish();
    const stalled = removing();
    stalled.stall();
    const found = await find([
      [{ itemId: "at-rest" }, published.ad()],
      [{ itemId: "stalled" }, inPhase.overdue().ad()],
      [{ itemId: "removal" }, stalled.ad()],
    ]);
    expect(found.stuck).toMatchObject([
      { ad: "DEMO/removal", kind: "removal", call: "delete" },
      { ad: "DEMO/stalled", kind: "stalled", call: "post" },
    ]);
    expect(found.stuck[0]?.because).toMatch(/^submission 2: DELETE for a wish, without a result in time/);
  });

  it("are those with something that the bus has not taken, and with a charged call that waits", async () => {
    const untold = startLife();
    untold.publish();
    const receipt = {
      source: "dms",
      eventId: "1",
      outcome: "suppressed",
      reason: "unchanged",
      submission: null,
      at: dawn,
    };
    const outbox = [{ kind: "receipt", receipt }] as unknown as Ad["outbox"];
    const ads = [[{ itemId: "a" }, { ...untold.ad(), outbox }]] as const;
    expect((await find(ads, { keepsOutbox: true })).stuck).toMatchObject([
      { kind: "outbox", because: expect.stringMatching(/rows? of its outbox (is|are) not told yet/) },
    ]);
    untold.charge("c1");
    const charged = [[{ itemId: "a" }, untold.ad()]] as const;
    expect((await find(charged)).stuck).toMatchObject([
      { kind: "charge", call: "bump", because: "the request for bump is to be made" },
    ]);
    expect((await find(charged, { lanes: [pausedLane("DEMO", dawn)] })).stuck[0]?.because).toMatch(/^DEMO is paused/);
  });

  it("are those with removals alone, and those old enough, where that is asked for", async () => {
    const ads = [
      [{ itemId: "old" }, inPhase.answered().ad()],
      [{ itemId: "gone" }, removing(later(30)).ad()],
      [{ itemId: "fresh" }, removing(later(55)).ad()],
    ] as const;
    const removals = { removals: true, olderThanMs: 0 };
    expect(namesOf(await find(ads, { wish: removals }))).toEqual(["DEMO/gone", "DEMO/fresh"]);
    expect(namesOf(await find(ads, { wish: { ...removals, olderThanMs: 10 * minute } }))).toEqual(["DEMO/gone"]);
    expect(namesOf(await find(ads, { wish: { removals: false, olderThanMs: 60 * minute } }))).toEqual(["DEMO/old"]);
  });
});

describe("why one is stuck", () => {
  it("is the closed lane, and else what keeps the ad from any call", async () => {
    const ready = inPhase.ready().ad();
    expect(await becauseOf(ready, { lanes: [closed("DEMO")] })).toEqual([
      expect.stringMatching(/^lane group\/DEMO is/),
    ]);
    expect(await becauseOf(ready, { lanes: [closed("SOLO")] })).toEqual([expect.stringMatching(/^submission 1: POST/)]);
    expect(await becauseOf(ready, { lanes: [pausedLane("DEMO", dawn)] })).toEqual([
      expect.stringMatching(/^DEMO is paused since/),
    ]);
    expect(await becauseOf({ ...ready, heldUntil: context.now + 1 })).toEqual([expect.stringMatching(/^its lane was/)]);
  });

  it("is no closed lane of its dealer where it is only read, but that of its whole token", async () => {
    const answered = { ...inPhase.answered().ad(), heldUntil: context.now + 1 };
    const read = [expect.stringMatching(/^submission 1: POST for a wish, accepted/)];
    expect(await becauseOf(answered, { lanes: [closed("DEMO"), pausedLane("DEMO", dawn)] })).toEqual(read);
    expect(await becauseOf(answered, { lanes: [closed(null)] })).toEqual([expect.stringMatching(/^lane group\/\(all/)]);
  });

  it("is, of a wish for which nothing has been begun, the write before it, if there is one", async () => {
    const life = inPhase.answered();
    life.remove("2");
    const wish = { removals: true, olderThanMs: 0 };
    expect((await find([[{ itemId: "a" }, life.ad()]], { wish })).stuck).toMatchObject([
      { kind: "removal", because: expect.stringMatching(/^the newest wish waits for this: submission 1: POST/) },
    ]);
    const fresh = startLife();
    fresh.want("1");
    expect((await find([[{ itemId: "a" }, fresh.ad()]])).stuck).toMatchObject([
      { kind: "wish", listingId: null, because: "the newest wish is to be written" },
    ]);
  });
});

describe("a span of time", () => {
  it.each([
    ["90s", 90_000],
    ["10m", 10 * minute],
    ["2h", 120 * minute],
    ["1d", 1440 * minute],
    ["0s", 0],
  ])("%s is %i ms", (text, spanMs) => {
    expect(parseSpan("--older-than", text)).toBe(spanMs);
  });

  it.each(["", "10", "m", "-5m", "1.5h", "10 m", "10min", "99999999999999999d"])("is not %j", (text) => {
    expect(() => parseSpan("--older-than", text)).toThrow(/^--older-than must be a span of time such as 90s, 10m/);
  });
});
