import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatHistory } from "#test/support/histories/format-history.ts";
import { generateHistory } from "#test/support/histories/generate-history.ts";
import { type StormLevel, stormLevels } from "#test/support/histories/history.ts";
import { writtenLuck } from "#test/support/histories/luck.ts";
import type { BatchResult, Failure } from "#test/support/histories/play-batch.ts";
import { type Played, playHistory } from "#test/support/histories/play-history.ts";
import { playMany } from "#test/support/histories/play-many.ts";
import { minimise, type WrittenHistory } from "#test/support/histories/shrink-history.ts";

/*
 * npm run test:histories -- --count N [--from SEED] [--storm none|mild|storm]    plays many, on all processors
 * npm run test:histories -- --seed S [--storm ...] [--shrink [--save FILE]]       plays one and prints it, then its core
 * npm run test:histories -- --found FILE                                          prints one that was kept
 */
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    from: { type: "string", default: "1" },
    storm: { type: "string" },
    seed: { type: "string" },
    shrink: { type: "boolean", default: false },
    save: { type: "string" },
    found: { type: "string" },
    failures: { type: "string", default: "20" },
  },
});

const say = (line: string) => void process.stdout.write(`${line}\n`);

function readStorm(): StormLevel | null {
  const level = stormLevels.find((name) => name === values.storm);
  if (values.storm !== undefined && level === undefined) {
    throw new Error(`--storm is one of ${stormLevels.join(", ")}`);
  }
  return level ?? null;
}

async function replay(seed: number): Promise<boolean> {
  const history = generateHistory(seed, readStorm());
  const played = await playHistory(history, { isTraced: true });
  say(formatHistory(played));
  if (values.shrink && played.violations.length > 0) {
    say("\nThe same with as little as possible:\n");
    const { played: least, ...written } = await minimise(history, played);
    say(formatHistory(least));
    if (values.save !== undefined) {
      writeFileSync(values.save, formatFound(written, least));
    }
  }
  return played.violations.length === 0;
}

/** As `found/` keeps it: the name of the file says what it shows, `pending` why it is not yet held. */
function formatFound(written: WrittenHistory, { violations }: Played): string {
  const invariant = violations[0]?.invariant;
  return `${JSON.stringify({ invariant, pending: violations[0]?.message, ...written }, null, 1)}\n`;
}

async function replayFound(path: string): Promise<boolean> {
  const { history, draws } = JSON.parse(readFileSync(path, "utf8")) as WrittenHistory;
  const played = await playHistory(history, { luck: writtenLuck(draws), isTraced: true });
  say(formatHistory(played));
  return played.violations.length === 0;
}

async function run(): Promise<boolean> {
  if (values.found !== undefined) {
    return replayFound(values.found);
  }
  return values.seed === undefined ? playAll() : replay(Number(values.seed));
}

async function playAll(): Promise<boolean> {
  const startedAt = performance.now();
  const batch = { from: Number(values.from), count: Number(values.count), storm: readStorm() };
  const result = await playMany({ ...batch, failuresAtMost: Number(values.failures) });
  report(result, performance.now() - startedAt);
  const [first] = result.failures;
  if (first !== undefined) {
    say("");
    const played = await playHistory(generateHistory(first.seed, first.storm), { isTraced: true });
    say(formatHistory(played));
  }
  return first === undefined;
}

function report({ tallies, failures }: BatchResult, durationMs: number): void {
  const all = Object.values(tallies).reduce((sum, { histories }) => sum + histories, 0);
  for (const level of stormLevels) {
    const tally = tallies[level];
    if (tally !== undefined) {
      const perChange = (count: number) => (count / tally.changes).toFixed(2);
      const bad = failures.filter(({ storm }) => storm === level).length;
      const hours = Math.round(tally.virtualMs / tally.histories / 360_000) / 10;
      say(
        `${level.padEnd(6)} ${tally.histories} histories of ${hours} h, ${tally.changes} changes, ` +
          `${perChange(tally.writes)} writes and ${perChange(tally.reads)} reads per change, ${bad} violations`,
      );
    }
  }
  say(`${all} histories in ${(durationMs / 1_000).toFixed(1)} s, ${Math.round((all * 1_000) / durationMs)} per second`);
  say(`${failures.length} violations`);
  for (const [invariant, ones] of Map.groupBy(failures, ({ violation }: Failure) => violation.invariant)) {
    say(`  ${invariant}: ${ones.length}, of seeds ${ones.slice(0, 10).map(({ seed }) => seed)}`);
  }
  for (const { seed, storm } of failures.slice(0, 3)) {
    say(`  npm run test:histories -- --seed ${seed} --storm ${storm}`);
  }
}

process.exitCode = (await run()) ? 0 : 1;
