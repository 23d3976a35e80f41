import { expect, it } from "vitest";
import { formatHistory } from "#test/support/histories/format-history.ts";
import { formatTallies } from "#test/support/histories/format-tallies.ts";
import { generateHistory } from "#test/support/histories/generate-history.ts";
import type { Failure } from "#test/support/histories/play-batch.ts";
import { playHistory } from "#test/support/histories/play-history.ts";
import { playMany } from "#test/support/histories/play-many.ts";

/** How many, of the seeds from 1 on; one in four calm, one in four mild, two stormy. More: HISTORIES=10000 npm test */
const count = Number(process.env.HISTORIES ?? "2000");

it(`${count} random histories keep every invariant`, { timeout: 60_000 + count * 60 }, async () => {
  const startedAt = performance.now();
  const result = await playMany({ from: 1, count, storm: null, failuresAtMost: 3 });
  process.stdout.write(`${formatTallies(result, performance.now() - startedAt).join("\n")}\n`);
  expect(await Promise.all(result.failures.map(tellFailure))).toEqual([]);
  expect(Object.values(result.tallies).reduce((sum, { histories }) => sum + histories, 0)).toBe(count);
});

/** The whole history for a person to read, and how to play it again. */
async function tellFailure({ seed, storm }: Failure): Promise<string> {
  const played = await playHistory(generateHistory(seed, storm), { isTraced: true });
  return `${formatHistory(played)}\n\nAgain: npm run test:histories -- --seed ${seed} --storm ${storm} --shrink\n`;
}
