import { describe, expect, it } from "vitest";
import { functionTimeouts } from "#cdk/function-timeouts.ts";
import type { HttpOutcome } from "#shared/blocket/http-call.ts";
import { changeAnswers, listingIdOf, remember, runRounds } from "./odd-answers.ts";
import { chainOf, makePollWorld, minute, runNextRound, second, submitCar } from "./poll-world.ts";

type Stock = { long: number; short: number };

/** Cars that are open for an hour; the first ones have logs of so many lines that they are paged. */
async function openCars({ long, short }: Stock) {
  const world = makePollWorld({ marketplace: { publishDelayMs: 60 * minute } });
  const rounds: { durationMs: number; reads: number }[] = [];
  world.ports.logRound = ({ durationMs, reads }) => void rounds.push({ durationMs, reads });
  const items = Array.from({ length: long + short }, (_, car) => `car-${car}`);
  for (const itemId of items) {
    await submitCar(world, itemId);
  }
  for (const itemId of items.slice(0, long)) {
    await remember(world, itemId, 290);
  }
  const listingIds = items.map((itemId) => listingIdOf(world, itemId));
  return { world, rounds, listingIds, longIds: new Set(listingIds.slice(0, long)) };
}

/**
 * The same cars at a marketplace whose lists take nearly a call's time, and tell nothing of their end, so that each is asked for
 * twice; its logs come quicker.
 */
async function slowCars(stock: Stock) {
  const cars = await openCars(stock);
  const { world, longIds } = cars;
  const paths = changeAnswers(world, ({ path, deadline }, outcome) => {
    const isList = path.startsWith("/v4/ad?");
    world.clock.now += isList ? 9_900 : 900;
    if (world.clock.now > deadline) {
      world.clock.now = deadline;
      return { kind: "lost", reason: "no complete answer by the deadline" };
    }
    return isList ? withoutEnd(outcome, longIds) : outcome;
  });
  return { ...cars, paths };
}

function withoutEnd(outcome: HttpOutcome, longIds: ReadonlySet<string>): HttpOutcome {
  if (outcome.kind !== "answer") {
    return outcome;
  }
  const cutLog = (row: { source_id: string }) => (longIds.has(row.source_id) ? { ...row, log: undefined } : row);
  return { ...outcome, body: JSON.stringify(JSON.parse(outcome.body).results.map(cutLog)) };
}

const askedIn = (paths: readonly string[]) =>
  new Set(paths.flatMap((path) => /source_id__in=([^&]*)/.exec(path)?.[1]?.split(",") ?? []));

describe("a round whose reads are slow but good", () => {
  it.each<[string, Stock]>([
    ["few ads", { long: 10, short: 10 }],
    ["more than a page of them", { long: 12, short: 70 }],
    ["more long logs than a page", { long: 60, short: 3 }],
  ])("ends within its function's time, and leaves nobody out: %s", async (_name, stock) => {
    const { world, rounds, listingIds, paths } = await slowCars(stock);
    await runRounds(world, 60 * minute, () => askedIn(paths).size === listingIds.length);
    expect(askedIn(paths).size).toBe(listingIds.length);
    const longest = Math.max(...rounds.map(({ durationMs }) => durationMs));
    expect(longest).toBeGreaterThan(20 * second);
    expect(longest).toBeLessThanOrEqual(2 * world.waits.roundMs + 3 * world.waits.callMs);
    expect(longest).toBeLessThan((functionTimeouts.poll - 15) * second);
  });

  it("begins where the one before it began, if that came to nothing but long logs", async () => {
    const { world, longIds, paths } = await slowCars({ long: 5, short: 80 });
    const went = { nowhere: 0, on: 0 };
    for (let round = 0; round < 20; round += 1) {
      const [from, before] = [chainOf(world).after, paths.length];
      await runRounds(world, second);
      const isOnlyLong = [...askedIn(paths.slice(before))].every((id) => longIds.has(id));
      went[isOnlyLong ? "nowhere" : "on"] += 1;
      expect(chainOf(world).after === from).toBe(isOnlyLong);
    }
    expect(Math.min(went.nowhere, went.on)).toBeGreaterThan(2);
  });
});

describe("a round that asks about one ad at a time", () => {
  it("begins with the long log for which the one before it had no time", async () => {
    const { world, listingIds } = await openCars({ long: 4, short: 0 });
    const { load } = world.ports.table;
    world.ports.table.load = (...about) => {
      world.clock.now += 3 * second;
      return load(...about);
    };
    for (let round = 0; round < 8; round += 1) {
      const chain = chainOf(world);
      await world.chains.save({ ...chain, adsPerRead: 1 }, chain.round);
      await runRounds(world, second);
    }
    expect(new Set(world.reads.flat()).size).toBe(listingIds.length);
  });
});

describe("the budget", () => {
  it("holds for long logs, too: a throttled token pages one of them in a round", async () => {
    const { world, rounds, listingIds } = await openCars({ long: 12, short: 2 });
    for (let round = 0; round < 100; round += 1) {
      world.clock.now += 5 * second;
      const chain = chainOf(world);
      await world.chains.save({ ...chain, pace: 1 / 64 }, chain.round);
      await runNextRound(world);
    }
    // One list of the others, and one of an ad with the pages of its log.
    expect(Math.max(...rounds.map(({ reads }) => reads))).toBe(1 + 1 + 4);
    expect(new Set(world.reads.flat()).size).toBe(listingIds.length);
  });

  it("ends a round of long logs", async () => {
    const { world, rounds } = await openCars({ long: 40, short: 0 });
    await runNextRound(world);
    expect(rounds.map(({ reads }) => reads)).toEqual([2 * (1 + 20)]);
  });
});
