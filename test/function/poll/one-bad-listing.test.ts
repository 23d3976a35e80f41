import { describe, expect, it } from "vitest";
import { changeAnswers, itemsTold, listingIdOf, remember, runRounds, withoutStateOf } from "./odd-answers.ts";
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
