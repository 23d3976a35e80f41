import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findLine } from "#local/bridge/where/find-line.ts";
import { buildBundle } from "#local/bundles/build-bundles.ts";

it("finds the line of ours that a place in a bundle comes from", async () => {
  const words = "the function ran out of time";
  const lines = readFileSync(await buildBundle("status"), "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes(words));
  const column = (lines[line] ?? "").indexOf(words);
  const found = await findLine("status", { line: line + 1, column: column + 1 });
  const source = readFileSync("shared/lambda/http-handler.ts", "utf8").split("\n");
  expect(found).toBe(`shared/lambda/http-handler.ts:${source.findIndex((text) => text.includes(words)) + 1}`);
});
