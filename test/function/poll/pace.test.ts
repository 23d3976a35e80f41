import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import { runFor } from "#test/support/world/run-world.ts";
import { removal } from "#test/support/world/wishes.ts";
import { chainOf, makePollWorld, minute, runNextRound, second, submitCar, typesTold } from "./poll-world.ts";

const slow = { publishDelayMs: 60 * minute };

async function makeThrottledWorld() {
  const world = makePollWorld({ marketplace: slow });
  await submitCar(world, "car");
  const throttle = (times: number) =>
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 429, retryAfter: 1, times });
  const pace = async (rounds: number) => {
    const paces: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      world.clock.now += 5 * second;
      await runNextRound(world);
      paces.push(chainOf(world).pace);
    }
    return paces;
  };
  return { world, throttle, pace };
}

describe("the pace of reading", () => {
  it("is whole while nobody complains", async () => {
    const { pace } = await makeThrottledWorld();
    expect(await pace(2)).toEqual([1, 1]);
  });

  it("is halved with each 429, down to a 64th", async () => {
    const { throttle, pace } = await makeThrottledWorld();
    throttle(8);
    expect(await pace(8)).toEqual([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 64, 1 / 64]);
  });

  it("is won back by a 16th with each round in order, up to the whole", async () => {
    const { throttle, pace } = await makeThrottledWorld();
    throttle(1);
    await pace(1);
    expect(await pace(9)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 16].map((part) => part / 16));
  });

  it("is not touched by another failure", async () => {
    const { world, pace } = await makeThrottledWorld();
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 503 });
    expect(await pace(1)).toEqual([1]);
  });

  it("is kept by a chain that sleeps and wakes", async () => {
    const { world, throttle, pace } = await makeThrottledWorld();
    throttle(1);
    await pace(1);
    const chain = chainOf(world);
    await world.chains.save({ ...chain, asleep: true, adsPerRead: 5 }, chain.round);
    await submitCar(world, "another");
    expect(chainOf(world)).toMatchObject({ asleep: false, pace: 1 / 2, adsPerRead: 5 });
  });
});

describe("after a failed read", () => {
  it.each([
    ["as long as Retry-After says", 429, 60, 60 * second],
    ["for four rounds where it says nothing", 503, undefined, 20 * second],
  ])("nothing is read %s", async (_name, status, retryAfter, ms) => {
    const { world } = await makeThrottledWorld();
    world.clock.now += 5 * second;
    const fault = { match: { method: "GET" }, kind: "status", status, ...(retryAfter && { retryAfter }) } as const;
    world.marketplace.addFault(fault);
    const failedAt = world.clock.now;
    await runNextRound(world);
    const before = world.reads.length;
    world.clock.now = failedAt + ms - 1;
    await runNextRound(world);
    expect(world.reads.length).toBe(before);
    world.clock.now = failedAt + ms;
    await runNextRound(world);
    expect(world.reads.length).toBe(before + 1);
    expect(typesTold(world)).toEqual([]);
  });

  it("rounds go on: a removal goes out after its minute, whatever Retry-After says", async () => {
    const { world } = await makeThrottledWorld();
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 429, retryAfter: 3_600 });
    await runFor(world, 20 * second);
    await submit(world.ports, removal(world, { id: "2", itemId: "car" }), { remainingMs: () => minute });
    const reads = world.reads.length;
    await runFor(world, 85 * second);
    const calls = world.marketplace.requests().map(({ method }) => method);
    expect([calls.filter((method) => method === "DELETE").length, world.reads.length]).toEqual([1, reads]);
  });
});

describe("while the token's lane is closed", () => {
  it("rounds wait with it", async () => {
    const { world } = await makeThrottledWorld();
    world.marketplace.addFault({ match: { method: "GET" }, kind: "status", status: 401 });
    await runNextRound(world);
    world.clock.now = chainOf(world).nextAt;
    await runNextRound(world);
    const [lane] = world.lanes.lanes();
    expect(lane?.closedUntil).toBeGreaterThan(world.clock.now + minute);
    expect(chainOf(world).nextAt).toBe(lane?.closedUntil);
  });
});
