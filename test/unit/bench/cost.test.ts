import { describe, expect, it } from "vitest";
import { bench } from "#bench/cost/bench.ts";
import { singleLoad } from "#bench/cost/load.ts";

describe("what a change costs", () => {
  it("is told of tokens of single dealers, too, with nothing to keep", { timeout: 60_000 }, async () => {
    const { results, tables = [] } = await bench.run({ rounds: 1, scale: 0.02 });
    const [group, single] = ["cost.usd", "cost.usd-single"].map((wanted) =>
      results.find(({ name }) => name === wanted),
    );
    expect(single).toMatchObject({ against: "N", limit: null, unit: "USD" });
    expect(single?.what).toContain("10 of them, 0.05 changes/s");
    expect(single?.ours).toBeGreaterThan(group?.ours ?? Number.POSITIVE_INFINITY);
    expect(single?.ratio).toBe((single?.ours ?? 0) / (single?.reference ?? 0));
    const sum = tables.find(({ name }) => name === "cost-single")?.rows.at(-1);
    expect(sum).toEqual(["all", "", "", single?.ours.toFixed(2)]);
    const [, production, , , n] = tables.find(({ name }) => name === "cost-single-pauses")?.rows ?? [];
    expect(production?.slice(0, 2)).toEqual(["5 s (production)", single?.ours.toFixed(2)]);
    expect(n?.slice(0, 2)).toEqual(["N", single?.reference?.toFixed(2)]);
  });

  it("is played with a token for each dealer, and as many changes for each at any scale", () => {
    for (const scale of [0.1, 1]) {
      const { load } = singleLoad(scale);
      const counted = load.changes.filter(({ at }) => at >= load.countedFrom);
      const seconds = (Math.max(...counted.map(({ at }) => at)) - load.countedFrom) / 1_000;
      expect(new Set(load.tokens.map(([dealer, ...others]) => [dealer, others.length].join())).size).toBe(500 * scale);
      expect(counted).toHaveLength(750 * scale);
      expect(seconds).toBeGreaterThan(250);
      expect(seconds).toBeLessThan(350);
    }
  });
});
