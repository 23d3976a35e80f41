import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateHistory } from "#test/support/histories/generate-history.ts";
import { writtenLuck } from "#test/support/histories/luck.ts";
import { playHistory } from "#test/support/histories/play-history.ts";
import type { WrittenHistory } from "#test/support/histories/shrink-history.ts";

const folder = join(import.meta.dirname, "../model/found");
const found = readdirSync(folder)
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as WrittenHistory & { pending?: string })
  .filter(({ pending }) => pending === undefined);
const seeds = Array.from({ length: 10 }, (_, place) => [place + 1]);

/** The small share of the model tests that each mutant has to pass which the unit tests let through. */
describe("histories", () => {
  it.each(found)("that were found keep every invariant", async ({ history, draws }) => {
    const { violations } = await playHistory(history, { luck: writtenLuck(draws) });
    expect(violations).toEqual([]);
  });

  it.each(seeds)("at random keep every invariant", async (seed) => {
    const { violations } = await playHistory(generateHistory(seed, null));
    expect(violations).toEqual([]);
  });
});
