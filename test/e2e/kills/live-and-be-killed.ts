import { setTimeout as wait } from "node:timers/promises";
import { run, startSandboxProcess } from "#test/e2e/sandbox-process.ts";
import { chance, type Random, whole } from "#test/support/histories/random.ts";
import type { Change } from "./draw-changes.ts";
import { addFault, drawFault, type FaultKind } from "./faults.ts";
import { type Outgoing, sendPending } from "./send-until-taken.ts";

export type Lives = {
  directory: string;
  random: Random;
  outgoing: Outgoing;
  faults: Map<FaultKind, number>;
  /** Of those that were killed while they started. */
  startKills: number;
  /** What the sandboxes said on stderr. */
  complaints: string[];
};

export const sandboxOptions = (directory: string) => ({ args: ["--no-stock"], env: { SANDBOX_DIR: directory } });

const startKillShare = 0.2;
const startMs = 1_200;

/** One life of the sandbox: it takes these changes while faults are put on, and is killed at a moment of chance. */
export async function liveAndBeKilled(lives: Lives, changes: readonly Change[]): Promise<void> {
  lives.outgoing.pending.push(...changes);
  const isAtStart = chance(lives.random, startKillShare);
  await (isAtStart ? startAndBeKilled(lives) : workAndBeKilled(lives));
}

async function startAndBeKilled(lives: Lives): Promise<void> {
  lives.startKills += 1;
  await using sandbox = run("sandbox", sandboxOptions(lives.directory));
  await wait(whole(lives.random, 0, startMs));
  await kill(lives, sandbox);
}

async function workAndBeKilled(lives: Lives): Promise<void> {
  const { random, outgoing } = lives;
  await using sandbox = await startSandboxProcess(sandboxOptions(lives.directory));
  const killAfterMs = whole(random, 200, 2_000);
  const dead = new AbortController();
  await putFaultsOn(lives, sandbox.simulatorUrl);
  const sending = sendPending(sandbox.bridgeUrl, outgoing, { random, signal: dead.signal, gapMs: killAfterMs / 3 });
  await wait(killAfterMs);
  dead.abort();
  await kill(lives, sandbox);
  await sending;
}

async function putFaultsOn({ random, faults }: Lives, simulatorUrl: string): Promise<void> {
  for (let left = whole(random, 0, 3); left > 0; left -= 1) {
    const { kind, fault } = drawFault(random);
    await addFault(simulatorUrl, fault);
    faults.set(kind, (faults.get(kind) ?? 0) + 1);
  }
}

async function kill(lives: Lives, sandbox: ReturnType<typeof run>): Promise<void> {
  const { signal } = await sandbox.end("SIGKILL");
  lives.complaints.push(...sandbox.stderr().split("\n").filter(Boolean));
  if (signal !== "SIGKILL") {
    throw new Error(`the sandbox ended by itself: ${sandbox.stderr()}`);
  }
}
