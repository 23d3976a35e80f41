import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatHistory } from "#test/support/histories/format-history.ts";
import { formatTallies } from "#test/support/histories/format-tallies.ts";
import { generateHistory } from "#test/support/histories/generate-history.ts";
import { type StormLevel, stormLevels } from "#test/support/histories/history.ts";
import { writtenLuck } from "#test/support/histories/luck.ts";
import { type Played, playHistory } from "#test/support/histories/play-history.ts";
import { playMany } from "#test/support/histories/play-many.ts";
import { minimise, type WrittenHistory } from "#test/support/histories/shrink-history.ts";

/*
 * npm run test:histories -- --count N [--from SEED] [--storm none|mild|storm]    plays many, on all processors
 * npm run test:histories -- --seed S [--storm ...] [--shrink [--save FILE]]       plays one and prints it, then its core
 * npm run test:histories -- --count N --json                                       says what came of it in one line
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
    json: { type: "boolean", default: false },
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

/** As `found/` keeps it: the name of the file says what it shows; `pending`, as long as it is violated, becomes `shows`. */
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
  if (values.json) {
    say(JSON.stringify(result));
    return result.failures.length === 0;
  }
  say(formatTallies(result, performance.now() - startedAt).join("\n"));
  const [first] = result.failures;
  if (first !== undefined) {
    say("");
    const played = await playHistory(generateHistory(first.seed, first.storm), { isTraced: true });
    say(formatHistory(played));
  }
  return first === undefined;
}

process.exitCode = (await run()) ? 0 : 1;
