import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { delayNames } from "#local/simulator/delay-names.ts";
import { withTables } from "#local/simulator/docs/doc-tables.ts";
import { faultKinds } from "#local/simulator/fault-kinds.ts";
import { quirkNames } from "#local/simulator/quirks.ts";
import { describeOptions } from "#local/simulator/read-options.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "simulator.md"), "utf8");

describe("docs/simulator.md", () => {
  it("has the tables of the code (npm run docs:simulator writes them)", () => {
    expect(text).toBe(withTables(text));
    for (const name of [...quirkNames, ...faultKinds]) expect(text).toContain(`| \`${name}\` |`);
  });

  it("names every option and every delay", () => {
    const options = describeOptions().match(/--[a-z-]+/g) ?? [];
    for (const name of [...options, ...delayNames]) expect(text).toContain(name);
  });
});
