import { checkCharges } from "./check-charges.ts";
import { checkEnd } from "./check-end.ts";
import { checkHeard } from "./check-heard.ts";
import { checkInTime } from "./check-in-time.ts";
import { type Change, dawn, type History } from "./history.ts";
import { type HistoryWorld, makeHistoryWorld } from "./history-world.ts";
import { invokePoll, invokeSubmit } from "./invoke.ts";
import { type Draws, type Luck, seededLuck } from "./luck.ts";
import { whole } from "./random.ts";
import { type Post, postsOf, sendPost } from "./source-system.ts";
import { formatSpan } from "./trace.ts";
import type { Violation } from "./violation.ts";

const minute = 60_000;
/** From the last trouble on, all must be at its end within this: a line may come a day late, and be watched for another. */
const patienceMs = 60 * 60 * minute;

/** A history takes a few thousand; one that stands still would take them without end. */
const stepsAtMost = 500_000;

export type Played = {
  history: History;
  violations: readonly Violation[];
  draws: Draws;
  trace: readonly string[];
  counts: HistoryWorld["counts"];
  virtualMs: number;
  world: HistoryWorld;
};

export type PlayOptions = { luck?: Luck; isTraced?: boolean };

/** Plays a history to its quiet end, and checks it all along. Ends early at the first violation. */
export async function playHistory(history: History, { luck, isTraced = false }: PlayOptions = {}): Promise<Played> {
  const world = makeHistoryWorld(history, luck ?? seededLuck(history.seed), isTraced);
  const posts = postsOf(history.changes, ({ item }: Change) => history.items[item]?.source ?? "dms");
  const end = dawn + Math.max(history.calmAt, ...history.changes.map(({ at }) => at)) + patienceMs;
  for (let steps = 0; world.violations.all().length === 0; steps += 1) {
    if (steps > stepsAtMost) {
      world.violations.report("all comes to an end", `nothing but steps at ${formatSpan(world.clock.now - dawn)}`);
      break;
    }
    await world.scheduler.drain();
    if (world.scheduler.resumeOne() || begin(world, posts)) {
      continue;
    }
    if (isQuiet(world, posts)) {
      break;
    }
    const next = nextInstant(world, posts);
    if (next > end) {
      world.violations.report("all comes to an end", "something is still due, hours after the last trouble");
      break;
    }
    world.clock.now = Math.max(world.clock.now, next);
    await tickIfNeeded(world);
  }
  if (world.violations.all().length === 0) {
    checkHeard(world);
    checkEnd(world);
    checkCharges(world);
    checkInTime(world);
  }
  const { violations, trace, counts, luck: used } = world;
  const virtualMs = world.clock.now - dawn;
  return { history, violations: violations.all(), draws: used.draws(), trace: trace.lines(), counts, virtualMs, world };
}

/** Begins all that is to begin now; false when there is nothing. */
function begin(world: HistoryWorld, posts: Post[]): boolean {
  const { clock, landings, submitQueue, pollQueue, luck } = world;
  const landing = landings.findIndex(({ at }) => at <= clock.now);
  if (landing >= 0) {
    landings.splice(landing, 1)[0]?.land();
    return true;
  }
  const post = posts.findIndex(({ at }) => at <= clock.now);
  const [due] = post < 0 ? [] : posts.splice(post, 1);
  if (due !== undefined) {
    sendPost(world, due, (again) => void posts.push(again));
    return true;
  }
  const deliveries = [
    ...receiveFrom(submitQueue, clock.now).map((received) => () => invokeSubmit(world, received)),
    ...receiveFrom(pollQueue, clock.now).map((received) => () => invokePoll(world, received)),
  ];
  while (deliveries.length > 0) {
    const place =
      deliveries.length === 1
        ? 0
        : (luck.draw("order", (random) => whole(random, 0, deliveries.length - 1) || null) ?? 0);
    deliveries.splice(place, 1)[0]?.();
    if (deliveries.length === 0) {
      return true;
    }
  }
  return false;
}

type Receivable<T> = { nextVisibleAt(): number | null; receive(): T[] };

function receiveFrom<T>(queue: Receivable<T>, now: number): T[] {
  const at = queue.nextVisibleAt();
  return at !== null && at <= now ? queue.receive() : [];
}

function nextInstant(world: HistoryWorld, posts: readonly Post[]): number {
  const times = [
    world.scheduler.nextWakeAt(),
    world.submitQueue.nextVisibleAt() ?? Number.POSITIVE_INFINITY,
    world.pollQueue.nextVisibleAt() ?? Number.POSITIVE_INFINITY,
    ...posts.map(({ at }) => at),
    ...world.landings.map(({ at }) => at),
    nextTickAt(world),
    calmInstant(world),
  ];
  const earliest = Math.min(...times);
  return Number.isFinite(earliest) ? earliest : (world.marketplace.nextJobAt() ?? Number.POSITIVE_INFINITY);
}

function calmInstant({ history, clock }: HistoryWorld): number {
  const calmAt = dawn + history.calmAt;
  return clock.now < calmAt ? calmAt : Number.POSITIVE_INFINITY;
}

/** The schedule ticks every minute; only a tick that finds a chain lost does anything, and the others are left out. */
function nextTickAt(world: HistoryWorld): number {
  const from = Math.max(firstLostAt(world), world.clock.now + 1);
  return Number.isFinite(from) ? Math.ceil(from / minute) * minute : Number.POSITIVE_INFINITY;
}

async function tickIfNeeded(world: HistoryWorld): Promise<void> {
  if (world.clock.now % minute === 0 && firstLostAt(world) <= world.clock.now) {
    await world.pollQueue.send({ version: 1, kind: "tick" }, 0);
  }
}

/** When the first chain counts as lost, if it does not go on; infinity when there is none. */
function firstLostAt({ chains, waits }: HistoryWorld): number {
  return Math.min(Number.POSITIVE_INFINITY, ...chains.chains().map(({ nextAt }) => nextAt + waits.chainLostMs));
}

/** Nothing runs, waits in a queue or on its way, and no ad is due at any time. */
function isQuiet(
  { scheduler, submitQueue, pollQueue, landings, table, marketplace, clock, history }: HistoryWorld,
  posts: readonly Post[],
): boolean {
  return (
    scheduler.isIdle() &&
    posts.length === 0 &&
    landings.length === 0 &&
    submitQueue.nextVisibleAt() === null &&
    pollQueue.nextVisibleAt() === null &&
    clock.now >= dawn + (history.storm === "none" ? 0 : history.calmAt) &&
    table.ads().every(({ key }) => table.dueAt(key) === null) &&
    !marketplace.hasPendingJobs()
  );
}
