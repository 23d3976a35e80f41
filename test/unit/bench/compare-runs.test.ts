import { describe, expect, it } from "vitest";
import { compareRuns, isAgreed } from "#bench/report/compare-runs.ts";
import type { BenchResult } from "#bench/result.ts";

const result = (given: Partial<BenchResult>): BenchResult => ({
  name: "a.figure",
  what: "a figure",
  command: "npm run bench:a",
  ours: 10,
  reference: null,
  against: null,
  ratio: null,
  limit: null,
  limitOn: "ours",
  unit: "ms",
  spread: 0,
  note: "",
  ...given,
});

describe("two runs", () => {
  it.each([
    ["agree where their spreads meet", { ours: 10.9, spread: 0.05 }, { spread: 0.05 }, true],
    ["differ where they do not", { ours: 11.1, spread: 0.05 }, { spread: 0.05 }, false],
    ["agree on an exact figure that is the same", { ours: 10 }, {}, true],
    ["differ on an exact figure that is not", { ours: 10.01 }, {}, false],
    ["agree on nothing twice", { ours: 0 }, { ours: 0 }, true],
    ["differ where there was nothing before", { ours: 1, spread: 0.5 }, { ours: 0 }, false],
    ["are compared by their ratios", { ours: 20, ratio: 0.5 }, { ratio: 0.5 }, true],
  ])("%s", (_name, later, earlier, agreed) => {
    expect(compareRuns([result(earlier)], [result(later)]).map(isAgreed)).toEqual([agreed]);
  });

  it("are compared by name; what only one has is left out", () => {
    const earlier = [result({ name: "a" }), result({ name: "gone" })];
    expect(compareRuns(earlier, [result({ name: "new" }), result({ name: "a" })])).toMatchObject([{ name: "a" }]);
  });
});
