import { describe, expect, it } from "vitest";
import { areAgreed, compareRuns } from "#bench/report/compare-runs.ts";
import { isKept } from "#bench/result.ts";
import { compare } from "#bench/stage/compare.ts";
import { makeRandom } from "#test/support/histories/random.ts";

const named = { name: "a.b", what: "", command: "", unit: "ms", limit: 0.5, against: "B" };

describe("compare", () => {
  it("takes the median of the rounds' own ratios, so that a slow round counts for nothing; its spread is never nothing", () => {
    const result = compare({ ...named, ours: [1, 100, 2], reference: [2, 200, 4] });
    expect(result).toMatchObject({ ours: 2, reference: 4, ratio: 0.5, spread: 0.02 });
    expect(isKept(result)).toBe(true);
  });

  it("tells how far another run may be, by how far apart the rounds are", () => {
    const rounds = [1, 2, 3, 4, 5];
    const result = compare({ ...named, ours: rounds, reference: [5, 5, 5, 5, 5] });
    expect(result.ratio).toBeCloseTo(0.6);
    expect(result.spread).toBeCloseTo(1.79, 2);
    expect(isKept(result)).toBe(false);
    const longer = Array.from({ length: 4 }, () => rounds).flat();
    expect(compare({ ...named, ours: longer, reference: longer.map(() => 5) }).spread).toBeCloseTo(1.79 / 2, 2);
  });

  it("lets runs of the same machine agree", () => {
    const random = makeRandom(1);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
    const run = () => {
      const ours = Array.from({ length: 15 }, () => 10 + normal());
      return compare({ ...named, ours, reference: ours.map(() => 10) });
    };
    const pairs = Array.from({ length: 1_000 }, () => compareRuns([run()], [run()]));
    const agreed = pairs.filter(areAgreed).length;
    expect(agreed).toBeGreaterThan(990);
    expect(agreed).toBeLessThan(1_000);
  });
});
