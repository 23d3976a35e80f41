import { describe, expect, it } from "vitest";
import { isKept } from "#bench/result.ts";
import { compare } from "#bench/stage/compare.ts";

const named = { name: "a.b", what: "", command: "", unit: "ms", limit: 0.5, against: "B" };

describe("compare", () => {
  it("takes the median of the rounds' own ratios, so that a slow round counts for nothing; its spread is never nothing", () => {
    const result = compare({ ...named, ours: [1, 100, 2], reference: [2, 200, 4] });
    expect(result).toMatchObject({ ours: 2, reference: 4, ratio: 0.5, spread: 0.02 });
    expect(isKept(result)).toBe(true);
  });

  it("tells how far apart the rounds are", () => {
    const result = compare({ ...named, ours: [1, 2, 3, 4, 5], reference: [5, 5, 5, 5, 5] });
    expect(result.ratio).toBeCloseTo(0.6);
    expect(result.spread).toBeCloseTo(1 / 3);
    expect(isKept(result)).toBe(false);
  });
});
