import { describe, expect, it } from "vitest";
import { agreementRows, areAgreed, comparableReports, compareRuns, isAgreed } from "#bench/report/compare-runs.ts";
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
  it.each<[string, Partial<BenchResult>, Partial<BenchResult>, boolean]>([
    ["agree where the first one's spread reaches", { ours: 10.4 }, { spread: 0.05 }, true],
    ["differ where only the second one's does", { ours: 10.6, spread: 0.5 }, { spread: 0.05 }, false],
    ["agree on an exact figure that is the same", { ours: 10 }, {}, true],
    ["differ on an exact figure that is not", { ours: 10.01 }, {}, false],
    ["agree on nothing twice", { ours: 0 }, { ours: 0 }, true],
    ["differ where there was nothing before", { ours: 1 }, { ours: 0, spread: 0.5 }, false],
    ["are compared by their ratios", { ours: 20, ratio: 0.5 }, { ratio: 0.5, limitOn: "ratio" }, true],
    ["are compared by our figure where the limit is on it", { ours: 20, ratio: 0.5 }, { ratio: 0.5 }, false],
    ["are compared by our figure where there is no ratio", { ours: 20 }, { limitOn: "ratio" }, false],
  ])("%s", (_name, later, earlier, agreed) => {
    const second = result({ limitOn: earlier.limitOn ?? "ours", ...later });
    expect(compareRuns([result(earlier)], [second]).map(isAgreed)).toEqual([agreed]);
  });

  it("differ where one has a figure that the other has not", () => {
    const earlier = [result({ name: "a" }), result({ name: "gone" })];
    const agreements = compareRuns(earlier, [result({ name: "new" }), result({ name: "a" })]);
    const verdicts = agreementRows(agreements).map((row) => [row.at(0), row.at(-1)]);
    expect(verdicts.slice(1)).toEqual([
      ["a", "agrees"],
      ["gone", "not measured"],
      ["new", "not stored"],
    ]);
    expect(agreements.map(isAgreed)).toEqual([true, false, false]);
  });

  it("differ where there is nothing to compare", () => {
    expect(areAgreed([])).toBe(false);
  });
});

describe("what is stored", () => {
  const now = { machine: "2 × one", rounds: 1, scale: 1 };
  const report = { ...now, bench: "a", results: [], measuredAt: "2026-11-20T08:00:00Z" };

  it("is compared with where it is of the same scale, bench by bench", () => {
    const other = { ...report, bench: "b" };
    expect(comparableReports([report, { ...report, scale: 10 }, other], ["a"], now)).toEqual([report]);
  });

  it.each([
    ["rounds", { rounds: 2 }, "a: stored with rounds 2, run with 1"],
    ["machine", { machine: "8 × another" }, "a: stored with machine 8 × another, run with 2 × one"],
    ["scale", { scale: 10 }, "a: nothing is stored at scale 1 (1 at others)"],
    ["bench", { bench: "b" }, "a: nothing is stored at scale 1 (0 at others)"],
  ])("is refused where the %s differs", (_what, otherwise, message) => {
    expect(() => comparableReports([{ ...report, ...otherwise }], ["a"], now)).toThrow(message);
  });
});
