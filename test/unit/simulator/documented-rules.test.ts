import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Row {
  sentence: string;
  file: string;
  name: string;
}

function readRows(): Row[] {
  const table = readFileSync("docs/simulator.md", "utf8").split("<!-- rules -->")[1]?.split("<!-- end of rules -->")[0];
  const lines = (table ?? "").split("\n").filter((line) => line.startsWith('| "'));
  return lines.map((line) => {
    const [sentence = "", , test = ""] = line.slice(2, -2).split(/(?<!\\) \| /);
    const [, file = "", name = ""] = /^`([^`]+)` › (.+)$/.exec(test.trim()) ?? [];
    return { sentence, file, name: name.replaceAll("\\|", "|") };
  });
}

describe("the table of rules in docs/simulator.md", () => {
  it("has rows", () => {
    expect(readRows().length).toBeGreaterThan(60);
  });

  it.each(readRows())("$sentence is shown by a test that exists", ({ file, name }) => {
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(`"${name}"`);
  });

  it.each(readRows())("$sentence is shown by a test that is neither skipped nor pending", ({ file }) => {
    expect(readFileSync(file, "utf8")).not.toMatch(/\b(it|describe)\.(skip|todo|only|fails)\b/);
  });
});
