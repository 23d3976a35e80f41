import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { nights, type PlayableNight } from "./nights/all-nights.ts";
import { checkBlocks, writeBlocks } from "./nights/night-blocks.ts";

/**
 * `npm run test:nights [-- --write] [NAME…]`: plays the nights of `docs/operations.md` and prints what was on the screen. It
 * ends with 0 only if every night ends as it should and looks as it is quoted; with `--write` it is quoted anew instead.
 */
const document = resolve(import.meta.dirname, "..", "..", "docs", "operations.md");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});

/** On a busy machine a step may be seen late: what looks otherwise is played once more. How it ends is never forgiven. */
const playsAtMost = 2;

/** Far longer than the longest night, which waits for a sandbox's half hour. */
const nightMs = 300_000;

async function giveUp(): Promise<never> {
  await wait(nightMs, undefined, { ref: false });
  throw new Error(`it has not ended after ${nightMs / 1_000} seconds`);
}

async function playNight({ name, play }: PlayableNight): Promise<void> {
  for (let plays = 1; ; plays += 1) {
    const { alarms, blocks } = await Promise.race([play(), giveUp()]);
    for (const [block, text] of blocks) {
      console.log(`\n-- ${name}: ${block}\n${text}`);
    }
    const text = readFileSync(document, "utf8");
    if (values.write) {
      return writeFileSync(document, writeBlocks(text, name, blocks));
    }
    const faults = checkBlocks(text, { name, alarms, blocks });
    if (faults.length === 0) {
      return console.log(`\n${name} ended and looked as docs/operations.md says`);
    }
    console.log(faults.join("\n"));
    if (plays === playsAtMost) {
      throw new Error(`${name} looks otherwise than docs/operations.md quotes it`);
    }
  }
}

/** One after another, but for one that mostly waits. */
const wanted = nights.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const isLong = ({ name }: PlayableNight) => name === "stalled-ad";
const lines = [wanted.filter(isLong), wanted.filter((night) => !isLong(night))];
await Promise.all(
  lines.flat().length === 0
    ? [Promise.reject(new Error(`there is no such night: there are ${nights.map(({ name }) => name).join(", ")}`))]
    : lines.map(async (line) => {
        for (const night of line) {
          await playNight(night).catch((fault: Error) => {
            process.exitCode = 1;
            console.error(`${night.name}: ${fault.message}`);
          });
        }
      }),
);
// A night that was given up still waits; its sandbox ends with this process.
process.exit();
