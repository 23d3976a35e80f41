import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writtenLuck } from "#test/support/histories/luck.ts";
import { playHistory } from "#test/support/histories/play-history.ts";
import type { WrittenHistory } from "#test/support/histories/shrink-history.ts";

/** `shows` is what was wrong in it; `pending` stands in its place as long as that is so. */
type Found = WrittenHistory & { invariant: string; shows?: string; pending?: string };

const folder = join(import.meta.dirname, "found");
const found = readdirSync(folder).map((file) => {
  const history = JSON.parse(readFileSync(join(folder, file), "utf8")) as Found;
  return { name: file.replace(/\.json$/, "").replaceAll("-", " "), history };
});

/** Each of these once showed a rule wrong. Print one: npm run test:histories -- --found FILE */
describe("histories that were found", () => {
  for (const { name, history } of found) {
    const test = history.pending === undefined ? it : it.fails;
    test(`${name}${history.pending === undefined ? "" : ` (pending: ${history.pending})`}`, async () => {
      const { violations } = await playHistory(history.history, { luck: writtenLuck(history.draws) });
      expect(violations).toEqual([]);
    });
  }
});
