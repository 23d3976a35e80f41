import { describe, expect, it } from "vitest";
import { knownValuesCache } from "#functions/receive/known-values-cache.ts";
import type { VehicleValues } from "#shared/contracts/known-values.ts";

const row: VehicleValues = { vehicleType: "car", fetchedAt: 0, attributes: {}, models: {} };

function makeCache() {
  const world = { now: 0, rows: [row], loads: 0, failures: [] as unknown[], isFailing: false };
  const cache = knownValuesCache({
    load: async () => {
      world.loads += 1;
      if (world.isFailing) {
        throw new Error("no table");
      }
      return world.rows;
    },
    now: () => world.now,
    onFailure: (fault) => void world.failures.push(fault),
    maxAgeMs: 1_000,
    retryGapMs: 100,
  });
  /** What was begun behind the request's back has ended. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { world, cache, settle };
}

describe("the values at hand", () => {
  it("are there from the start, and read again by age without anybody waiting", async () => {
    const { world, cache, settle } = makeCache();
    await cache.read();
    expect([...cache.current().keys()]).toEqual(["car"]);
    world.rows = [row, { ...row, vehicleType: "boat" }];
    world.now = 999;
    expect([...cache.current().keys()]).toEqual(["car"]);
    world.now = 1_000;
    expect([...cache.current().keys()]).toEqual(["car"]);
    cache.current();
    await settle();
    expect([...cache.current().keys()]).toEqual(["car", "boat"]);
    expect(world.loads).toBe(2);
  });

  it("stay when they can't be read; that is told, and tried again soon, but not at every request", async () => {
    const { world, cache, settle } = makeCache();
    await cache.read();
    Object.assign(world, { isFailing: true, now: 1_000 });
    for (const now of [1_000, 1_001, 1_099]) {
      world.now = now;
      cache.current();
      await settle();
    }
    expect([...cache.current().keys()]).toEqual(["car"]);
    expect([world.failures.length, world.loads]).toEqual([1, 2]);
    Object.assign(world, { isFailing: false, now: 1_100 });
    cache.current();
    await settle();
    world.now = 2_099;
    cache.current();
    expect(world.loads).toBe(3);
    world.now = 2_100;
    cache.current();
    expect(world.loads).toBe(4);
  });

  it("are there soon after a start at which they could not be read", async () => {
    const { world, cache, settle } = makeCache();
    world.isFailing = true;
    await expect(cache.read()).rejects.toThrow("no table");
    Object.assign(world, { isFailing: false, now: 100 });
    expect(cache.current().size).toBe(0);
    await settle();
    expect(cache.current().size).toBe(1);
  });

  it("are none, and let everything through, where they could never be read", async () => {
    const { world, cache } = makeCache();
    world.isFailing = true;
    await expect(cache.read()).rejects.toThrow("no table");
    expect(cache.current().size).toBe(0);
  });
});
