import { readFileSync } from "node:fs";
import type { MutantResult } from "@stryker-mutator/api/core";
import { describe, expect, it } from "vitest";
import { judge, nameMutant, readExplained } from "#test/mutation/survivors.ts";

const source = "if (a !== null\n    && b) {\n  go();\n}\n";
const mutant = (start: [number, number], end: [number, number], replacement: string) =>
  nameMutant(
    {
      fileName: "/x/shared/ad/plan.ts",
      location: { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } },
      replacement,
    } as MutantResult,
    source,
  );

describe("the name of a mutant", () => {
  it.each([
    [mutant([1, 5], [1, 15], "true"), "plan.ts: if ([-a !== null-]{+true+}", "shared/ad/plan.ts:1:5"],
    [mutant([1, 5], [2, 9], "a || b"), "plan.ts: if ([-a !== null && b-]{+a || b+}) {", "shared/ad/plan.ts:1:5"],
    [mutant([3, 3], [3, 8], ";"), "plan.ts: [-go();-]{+;+}", "shared/ad/plan.ts:3:3"],
  ])("is its line, with what was taken out and put in: %o", ({ name, place }, expected, where) => {
    expect([name, place]).toEqual([expected, where]);
  });
});

describe("a survivor", () => {
  const survivor = (name: string) => ({ place: "shared/ad/plan.ts:1:1", name });
  const known = [{ reason: "because", mutants: ["plan.ts: a", "plan.ts: b", "wish.ts: c"] }];

  it("is explained by its name, once; what is explained and gone is stale, of the files that were looked at", () => {
    const judged = judge([survivor("plan.ts: a"), survivor("plan.ts: a"), survivor("plan.ts: d")], known, ["plan.ts"]);
    expect(judged.explained).toEqual([{ ...survivor("plan.ts: a"), reason: "because" }]);
    expect(judged.unexplained.map(({ name }) => name)).toEqual(["plan.ts: a", "plan.ts: d"]);
    expect(judged.stale).toEqual(["plan.ts: b"]);
  });

  // Whether the tests still let it live takes minutes: npm run test:mutation
  it.each(readExplained().flatMap(({ mutants }) => mutants))("that is explained is still in the source: %s", (name) => {
    const [, file, before, original, after] = /^(\S+): (.*?)\[-(.*)-\]\{\+.*\+\}(.*)$/.exec(name) ?? [];
    const text = readFileSync(new URL(`../../../shared/ad/${file}`, import.meta.url), "utf8");
    expect(text.replaceAll(/\s+/g, " ")).toContain(`${before}${original}${after}`.trim());
  });
});
