import { nextTick } from "node:process";
import { Crash } from "#test/support/world/crash-gate.ts";
import type { Luck } from "./luck.ts";
import { whole } from "./random.ts";

/** One invocation of a function. Dead, nothing of it acts any more. */
export type Invocation = { name: string; startedAt: number; endsAt: number; isDead: boolean };

type Parked = { invocation: Invocation; wakeAt: number; resume: () => void };

export type SchedulerOptions = { clock: { now: number }; luck: Luck; timeoutMs: number };

/**
 * Runs invocations side by side on virtual time. Each gives way at every call it makes, and chance decides who goes on:
 * one thread, so that the same luck gives the same interleaving. An invocation that outlives its timeout is killed.
 */
export function makeScheduler({ clock, luck, timeoutMs }: SchedulerOptions) {
  const parked: Parked[] = [];
  let active = 0;
  const dieOf = (invocation: Invocation): Crash => {
    invocation.isDead = true;
    return new Crash(invocation.name);
  };
  const park = (invocation: Invocation, wakeAt: number) =>
    new Promise<void>((resolve, reject) => {
      const isKilled = wakeAt > invocation.endsAt;
      const resume = () => (isKilled || invocation.isDead ? reject(dieOf(invocation)) : resolve());
      parked.push({ invocation, wakeAt: isKilled ? invocation.endsAt : wakeAt, resume });
    });
  return {
    /** Begins an invocation; `ended` is told what it threw, null when nothing. */
    start(name: string, work: (invocation: Invocation) => Promise<void>, ended: (error: unknown) => void): void {
      const invocation = { name, startedAt: clock.now, endsAt: clock.now + timeoutMs, isDead: false };
      active += 1;
      const end = (error: unknown) => {
        active -= 1;
        ended(error);
      };
      work(invocation).then(() => end(null), end);
    },
    /** Gives way for at least so long; nothing to wait for when there is nobody to give way to. */
    pause(invocation: Invocation, delayMs: number): Promise<void> | undefined {
      if (invocation.isDead) {
        throw dieOf(invocation);
      }
      return delayMs === 0 && active === 1 ? undefined : park(invocation, clock.now + delayMs);
    },
    /** The invocation dies here and now. */
    kill(invocation: Invocation): Crash {
      for (const one of parked.filter((candidate) => candidate.invocation === invocation)) {
        one.wakeAt = clock.now;
      }
      return dieOf(invocation);
    },
    /** Lets one of those that wait for nothing go on; false when there is none. */
    resumeOne(): boolean {
      const ready = parked.filter(({ wakeAt }) => wakeAt <= clock.now);
      const [first] = ready;
      if (first === undefined) {
        return false;
      }
      const place =
        ready.length === 1 ? 0 : (luck.draw("next", (random) => whole(random, 0, ready.length - 1) || null) ?? 0);
      const next = ready[place] ?? first;
      parked.splice(parked.indexOf(next), 1);
      next.resume();
      return true;
    },
    /** When the next one wakes; infinity when none is waiting. */
    nextWakeAt: () => parked.reduce((earliest, { wakeAt }) => Math.min(earliest, wakeAt), Number.POSITIVE_INFINITY),
    isIdle: () => active === 0,
    /** Lets everything run that can run without waiting. */
    drain: () => new Promise<void>((resolve) => void nextTick(resolve)),
  };
}

export type Scheduler = ReturnType<typeof makeScheduler>;
