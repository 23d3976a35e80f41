import { poll } from "#functions/poll/poll.ts";
import { submit } from "#functions/submit/submit.ts";
import { Crash } from "./crash-gate.ts";
import type { World } from "./make-world.ts";

const tickMs = 60_000;

/** Delivers everything that is visible now, each message to a function of its own; what throws stays in its queue. */
export async function deliver(world: World): Promise<void> {
  const { ports, submitQueue, pollQueue } = world;
  for (;;) {
    const [wish] = submitQueue.receive(1);
    const [round] = pollQueue.receive(1);
    if (wish === undefined && round === undefined) {
      return;
    }
    if (wish !== undefined) {
      const deadline = { remainingMs: () => 60_000 };
      await run(
        world,
        () => submit(ports, wish.message, deadline),
        () => submitQueue.delete(wish.receiptHandle),
      );
    }
    if (round !== undefined) {
      await run(
        world,
        () => poll(ports, round.message),
        () => pollQueue.delete(round.receiptHandle),
      );
    }
  }
}

async function run({ gate }: World, work: () => Promise<void>, done: () => void): Promise<void> {
  try {
    await work();
    done();
  } catch (error) {
    if (!(error instanceof Crash)) {
      throw error;
    }
    gate.revive();
  }
}

/** Lets time pass, from one event to the next, delivering all that falls due. */
export async function runFor(world: World, durationMs: number): Promise<void> {
  const end = world.clock.now + durationMs;
  while (world.clock.now < end) {
    await deliver(world);
    await passTo(world, Math.min(nextEventAt(world), end));
  }
  await deliver(world);
}

/** Runs until nothing is due any more: queues empty, no ad in the index; throws when that doesn't come to be in two days. */
export async function runUntilQuiet(world: World): Promise<void> {
  const patience = world.clock.now + 48 * 60 * 60_000;
  await deliver(world);
  while (!isQuiet(world)) {
    const next = Math.min(nextEventAt(world), world.marketplace.nextJobAt() ?? Number.POSITIVE_INFINITY);
    if (next > patience) {
      const open = world.table.ads().filter((ad) => world.table.dueAt(ad.key) !== null);
      throw new Error(`never quiet: ${JSON.stringify({ open, chains: world.chains.chains() })}`);
    }
    await passTo(world, next);
    await deliver(world);
  }
}

function nextEventAt(world: World): number {
  const times = [nextTickAt(world), world.submitQueue.nextVisibleAt(), world.pollQueue.nextVisibleAt()];
  return Math.min(...times.filter((time) => time !== null));
}

/** The schedule ticks every minute; only a tick that finds a chain lost does anything, and the others are left out. */
function nextTickAt({ chains, clock, waits }: World): number {
  const lostAt = Math.min(...chains.chains().map(({ nextAt }) => nextAt + waits.chainLostMs));
  const from = Math.max(lostAt, clock.now + 1);
  return Number.isFinite(from) ? Math.ceil(from / tickMs) * tickMs : Number.POSITIVE_INFINITY;
}

async function passTo(world: World, at: number): Promise<void> {
  const isTick = at === nextTickAt(world);
  world.clock.now = Math.max(world.clock.now, at);
  if (isTick) {
    await tick(world);
  }
}

function isQuiet({ table, submitQueue, pollQueue, marketplace }: World): boolean {
  const isIdle = submitQueue.messages().length === 0 && pollQueue.messages().length === 0;
  return isIdle && !marketplace.hasPendingJobs() && table.ads().every((ad) => table.dueAt(ad.key) === null);
}

/** The schedule is AWS's own and sends its message whatever we do. */
async function tick({ pollQueue }: World): Promise<void> {
  await pollQueue.send({ version: 1, kind: "tick" }, 0);
}
