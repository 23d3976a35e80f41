import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { nights } from "#test/e2e/nights/all-nights.ts";
import { checkBlocks, readBlocks, shapeOf, writeBlocks } from "#test/e2e/nights/night-blocks.ts";

const quote = (text: string) =>
  `# Nights\n\n### Dark\n\n<!-- night: dark/seen -->\n\`\`\`\n${text}\n\`\`\`\n<!-- end -->\n`;
const night = (text: string, alarms = ["Dark"]) => ({ name: "dark", alarms, blocks: new Map([["seen", text]]) });

describe("the quotes of a night", () => {
  it("fit what differs by time, ids and counts of tries alone", () => {
    const told = (time: string, id: string) => `${time}  submission 1: POST of listing ${id}, 2 attempts`;
    const before = told("2026-11-21T08:37:31.785Z", "bc865b08-f6b4-5c9d-b748-1681a50991b8");
    const after = told("at once                 ", "00000000-f6b4-5c9d-b748-1681a50991b8");
    expect(shapeOf(before)).toBe(shapeOf(after));
    expect(checkBlocks(quote(before), night(after))).toEqual([]);
    expect(checkBlocks(quote(before), night(after.replace("POST", "PUT")))).toEqual([expect.stringContaining("seen")]);
  });

  it("are written over where they stand, and nowhere else", () => {
    const written = writeBlocks(quote("old"), "dark", new Map([["seen", "$ new, for $1"]]));
    expect(written).toBe(quote("$ new, for $1"));
    expect(() => writeBlocks(quote("old"), "dark", new Map([["other", ""]]))).toThrow("it is to quote: other");
  });

  it("name alarms that have a paragraph", () => {
    expect(checkBlocks(quote("x"), night("x", ["Light"]))).toEqual(['the alarm "Light" has no paragraph']);
  });

  it.each(nights)("stand in docs/operations.md: $name", ({ name }) => {
    const document = readFileSync(resolve(import.meta.dirname, "..", "..", "..", "docs", "operations.md"), "utf8");
    const blocks = [...readBlocks(document, name).values()];
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks).not.toContain("-");
  });
});
