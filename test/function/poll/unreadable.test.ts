import { describe, expect, it } from "vitest";
import { runFor } from "#test/support/world/run-world.ts";
import { chainOf, makePollWorld, minute, runNextRound, second, submitCar } from "./poll-world.ts";

/** Two cars of a token, of which one can no longer be read; both are due. */
async function withUnreadable() {
  const world = makePollWorld({ marketplace: { publishDelayMs: 30 * second } });
  await submitCar(world, "bad");
  await submitCar(world, "good");
  const { load } = world.ports.table;
  world.ports.table.load = (key, options) =>
    "itemId" in key && key.itemId === "bad" ? Promise.reject(new Error("of another version")) : load(key, options);
  const lines: number[] = [];
  world.ports.logRound = ({ failedAds }) => void lines.push(failedAds);
  return { world, lines };
}

describe("an ad that cannot be read", () => {
  it("keeps nobody else's from being told, and its chain goes on", async () => {
    const { world, lines } = await withUnreadable();
    for (let round = 0; round < 20; round += 1) {
      world.clock.now += 5 * second;
      await runNextRound(world);
    }
    expect(world.bus.published().map(({ metadata }) => metadata.itemId)).toEqual(["good"]);
    expect(chainOf(world).nextAt).toBeGreaterThanOrEqual(world.clock.now);
    expect(new Set(lines)).toEqual(new Set([1]));
    expect(world.failures).toHaveLength(lines.length);
  });

  it("is tried once a minute where nothing else is due", async () => {
    const { world, lines } = await withUnreadable();
    for (let round = 0; round < 30; round += 1) {
      world.clock.now += 5 * second;
      await runNextRound(world);
    }
    expect(chainOf(world)).toMatchObject({ asleep: true, nextAt: world.clock.now + minute });
    expect(lines.at(-1)).toBe(1);
  });

  it("does not hide when another is due", async () => {
    const { world } = await withUnreadable();
    await runFor(world, 2 * minute);
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 20 });
    await submitCar(world, "late");
    await runFor(world, 25 * second);
    const creations = world.marketplace.requests().filter(({ method }) => method === "POST");
    expect(creations.map(({ status }) => status)).toEqual([201, 201, 429, 201]);
  });
});
