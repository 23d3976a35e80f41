import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sandboxWaits } from "#local/sandbox/sandbox-waits.ts";
import { makeRandom } from "#test/support/histories/random.ts";
import { type Asked, type Findings, findViolations } from "./kills/check-quiet.ts";
import { type Change, drawChanges, makeItems } from "./kills/draw-changes.ts";
import { clearFaults } from "./kills/faults.ts";
import { formatFindings, formatLives } from "./kills/format-findings.ts";
import { type Lives, liveAndBeKilled, sandboxOptions } from "./kills/live-and-be-killed.ts";
import { sendPending } from "./kills/send-until-taken.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

/*
 * npm run test:kills -- [--kills 50] [--changes 200] [--seed N]
 * SIGKILLs a sandbox again and again while changes come in and the marketplace fails, and checks what is left when it is
 * quiet. The seed gives changes, faults and waits, not what the machine makes of them: a failure leaves its directory.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    changes: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const kills = Number(values.kills);
const limitMs = 240_000;
const itemCount = 40;
/** The first watch has been and gone, with what it may have found. */
const watchedMs = sandboxWaits.watchMs + 5_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const startedAt = performance.now();
const sinceStart = () => performance.now() - startedAt;

async function killAll(lives: Lives, changes: readonly Change[]): Promise<void> {
  for (let life = 0; life < kills; life += 1) {
    const share = (part: number) => Math.floor((part * changes.length) / kills);
    await liveAndBeKilled(lives, changes.slice(share(life), share(life + 1)));
    if ((life + 1) % 10 === 0) {
      say(`${life + 1} kills after ${Math.round(sinceStart() / 1_000)} s`);
    }
  }
}

/** Looks until nothing was open for as long as the first watch takes and nothing is wrong, or the time is up. */
async function waitUntilQuiet(asked: Asked): Promise<Findings> {
  let quietSince: number | null = null;
  for (;;) {
    const findings = await findViolations(asked);
    quietSince = findings.open.length > 0 ? null : (quietSince ?? sinceStart());
    const isWatched = quietSince !== null && sinceStart() - quietSince > watchedMs;
    if ((isWatched && findings.violations.length === 0) || sinceStart() > limitMs) {
      return findings;
    }
    await wait(1_000);
  }
}

async function endInQuiet(lives: Lives, asked: Omit<Asked, "bridgeUrl">): Promise<Findings> {
  await using sandbox = await startSandboxProcess(sandboxOptions(lives.directory));
  await clearFaults(sandbox.simulatorUrl);
  const { random, outgoing } = lives;
  await sendPending(sandbox.bridgeUrl, outgoing, { random, signal: AbortSignal.timeout(20_000), gapMs: 50 });
  const findings = await waitUntilQuiet({ ...asked, bridgeUrl: sandbox.bridgeUrl });
  lives.complaints.push(...sandbox.stderr().split("\n").filter(Boolean));
  return findings;
}

async function runKills(): Promise<boolean> {
  const random = makeRandom(Number(values.seed));
  const directory = await mkdtemp(join(tmpdir(), "blocket-bridge-kills-"));
  const items = makeItems(itemCount);
  const changes = drawChanges(random, { items, count: Number(values.changes) });
  const outgoing = { pending: [], taken: [], posts: 0, repeats: 0 };
  const lives: Lives = { directory, random, outgoing, faults: new Map(), startKills: 0, complaints: [] };
  say(`seed ${values.seed}, state in ${directory}`);
  await killAll(lives, changes);
  const findings = await endInQuiet(lives, { items, changes, directory });
  say(formatLives(lives, { kills, seconds: sinceStart() / 1_000 }));
  say(formatFindings(findings));
  const isSound = findings.violations.length === 0 && findings.open.length === 0;
  if (isSound) {
    await rm(directory, { recursive: true });
  } else {
    say(`its state stays in ${directory}`);
  }
  return isSound;
}

process.exitCode = (await runKills()) ? 0 : 1;
