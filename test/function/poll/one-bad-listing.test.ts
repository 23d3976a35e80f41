import { describe, expect, it } from "vitest";
import {
  changeAnswers,
  failed,
  itemsTold,
  listingIdOf,
  remember,
  runRounds,
  withoutLogs,
  withoutStateOf,
} from "./odd-answers.ts";
import { chainOf, makePollWorld, minute, runNextRound, second, submitCar } from "./poll-world.ts";

/** A car of which the marketplace shows a row without its state, and others. */
async function withUnreadableRow(others: readonly string[]) {
  const world = makePollWorld({ marketplace: { publishDelayMs: 30 * second } });
  const lines: { failedReads: number; failedAds: number }[] = [];
  world.ports.logRound = ({ failedReads, failedAds }) => void lines.push({ failedReads, failedAds });
  for (const itemId of ["bad", ...others]) {
    await submitCar(world, itemId);
  }
  const bad = listingIdOf(world, "bad");
  changeAnswers(world, ({ path }, outcome) => (path.startsWith("/v4/ad?") ? withoutStateOf(bad, outcome) : outcome));
  return { world, bad, lines };
}

describe("a listing whose row cannot be read", () => {
  it("does not keep an ad with a long log from being read", async () => {
    const { world } = await withUnreadableRow(["long"]);
    await remember(world, "long", 150);
    expect(await runRounds(world, 10 * minute, () => itemsTold(world).length > 0)).toBeLessThan(minute);
    expect(itemsTold(world)).toEqual(["long"]);
  });

  it("neither slows the token's rounds nor closes its lane", async () => {
    const { world } = await withUnreadableRow(["a", "b"]);
    world.clock.now += 5 * second;
    await runNextRound(world);
    expect(chainOf(world)).toMatchObject({ readsPausedUntil: null, nextAt: world.clock.now + 5 * second });
    expect(world.lanes.lanes()).toEqual([]);
    world.clock.now += 40 * second;
    await runNextRound(world);
    expect(itemsTold(world).sort()).toEqual(["a", "b"]);
  });

  it("is counted and named to whoever runs the bridge", async () => {
    const { world, bad, lines } = await withUnreadableRow(["a"]);
    await runNextRound(world);
    expect(lines).toEqual([{ failedReads: 1, failedAds: 1 }]);
    const message = `the listing DEMO/${bad} cannot be read at the marketplace: unreadable row`;
    expect(world.failures).toEqual([expect.objectContaining({ name: "UnreadableListingError", message })]);
  });
});

/** Cars, some of them bad: the marketplace fails for as long as one of these is among those asked for. */
async function withPoison(items: readonly string[], publishDelayMs = 20 * second) {
  const world = makePollWorld({ marketplace: { publishDelayMs } });
  for (const itemId of items) {
    await submitCar(world, itemId);
  }
  const bad = items.filter((itemId) => itemId.endsWith("bad")).map((itemId) => listingIdOf(world, itemId));
  const paths = changeAnswers(world, ({ path }, outcome) => (bad.some((id) => path.includes(id)) ? failed() : outcome));
  return { world, paths };
}

/** Named by their places, as they then lie in the index. */
const cars = (count: number, ...badOnes: number[]) =>
  Array.from({ length: count }, (_, place) => `${100 + place}-${badOnes.includes(place) ? "bad" : "car"}`);

describe("a listing for which every list fails", () => {
  it.each([
    ["two others", cars(3, 0)],
    ["a page of others", cars(50, 0)],
    ["a page of others, in its midst", cars(50, 30)],
    ["many pages of others", cars(160, 60)],
    ["others, and there are three", cars(120, 0, 7, 70)],
  ])("keeps none of %s from being told", async (_name, items) => {
    const { world } = await withPoison(items);
    const good = items.filter((itemId) => itemId.endsWith("car"));
    const tookMs = await runRounds(world, 60 * minute, () => itemsTold(world).length === good.length);
    expect(itemsTold(world).sort()).toEqual(good.sort());
    expect(tookMs).toBeLessThan(7 * minute);
  });

  it("keeps no long logs from being read, whichever end of the index they are at", async () => {
    const { world } = await withPoison(["1-long", "2-long", "3-bad", "4-long"]);
    for (const itemId of ["1-long", "2-long", "4-long"]) {
      await remember(world, itemId, 290);
    }
    await runRounds(world, 7 * minute, () => itemsTold(world).length === 3);
    expect(itemsTold(world).sort()).toEqual(["1-long", "2-long", "4-long"]);
  });

  it("is asked for with four others, then alone, then passed over; then all are asked for together again", async () => {
    const { world, paths } = await withPoison(cars(12, 5), 60 * minute);
    const rounds: [number, number[]][] = [];
    for (let round = 0; round < 5; round += 1) {
      const before = paths.length;
      const { adsPerRead } = chainOf(world);
      await runRounds(world, second);
      rounds.push([adsPerRead, paths.slice(before).map((path) => path.split("&")[0]?.split(",").length ?? 0)]);
    }
    expect(rounds).toEqual([
      [50, [12]],
      [5, [5, 5]],
      [1, [1]],
      [1, [1, 1, 1, 1, 1, 1]],
      [5, [5, 5]],
    ]);
  });
});

describe("a long log of which every page fails", () => {
  it("keeps neither the other long ones nor the short ones from being told", async () => {
    const world = makePollWorld({ marketplace: { publishDelayMs: 20 * second } });
    const items = ["short-1", "bad", "long-1", "long-2", "short-2"];
    for (const itemId of items) {
      await submitCar(world, itemId);
    }
    for (const itemId of ["bad", "long-1", "long-2"]) {
      await remember(world, itemId, 290);
    }
    const bad = listingIdOf(world, "bad");
    changeAnswers(world, ({ path }, outcome) => {
      const isPage = path.includes("/log?");
      return isPage && path.includes(bad) ? failed() : isPage ? outcome : withoutLogs(outcome);
    });
    await runRounds(world, 20 * minute, () => itemsTold(world).length === 4);
    expect(itemsTold(world).sort()).toEqual(items.filter((itemId) => itemId !== "bad").sort());
  });
});

describe("a marketplace that is down", () => {
  it("is asked once in a round, and in full again at once when it is back", async () => {
    const { world, paths } = await withPoison(cars(60));
    const faults = { match: { method: "GET" }, kind: "status", status: 503, times: 10 } as const;
    world.marketplace.addFault(faults);
    for (let round = 1; round <= 10; round += 1) {
      await runRounds(world, second);
      expect(paths).toHaveLength(round);
    }
    await runRounds(world, minute, () => itemsTold(world).length === 60);
    expect([itemsTold(world).length, chainOf(world).adsPerRead]).toEqual([60, 50]);
  });
});
