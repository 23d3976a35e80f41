import { setTimeout as wait } from "node:timers/promises";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { chance, pick, type Random, whole } from "#test/support/histories/random.ts";
import type { Change } from "./draw-changes.ts";

/** Changes that the source has made and not yet heard a 202 for stay `pending`. `posts` counts all tries. */
export type Outgoing = { pending: Change[]; taken: Change[]; posts: number; repeats: number };

/**
 * Sends what is pending in small batches, as a source would: one that got no 202 is sent again, now or in a later life.
 * Ends when nothing is pending, or when `signal` says that the sandbox is dead.
 */
export async function sendPending(bridgeUrl: string, outgoing: Outgoing, { random, signal, gapMs }: Sending) {
  while (outgoing.pending.length > 0 && !signal.aborted) {
    const batch = outgoing.pending.slice(0, whole(random, 1, 3));
    const repeated = outgoing.taken.length > 0 && chance(random, 0.15) ? [pick(random, outgoing.taken)] : [];
    outgoing.posts += 1;
    if (await isTaken(bridgeUrl, [...batch, ...repeated], signal)) {
      outgoing.pending.splice(0, batch.length);
      outgoing.taken.push(...batch);
      outgoing.repeats += repeated.length;
    }
    await wait(whole(random, 0, gapMs));
  }
}

type Sending = { random: Random; signal: AbortSignal; gapMs: number };

async function isTaken(bridgeUrl: string, events: readonly Change[], signal: AbortSignal): Promise<boolean> {
  try {
    const { status, items } = await postInventoryEvents(bridgeUrl, JSON.stringify(events));
    const rejected = items.find((item) => item.status !== "queued");
    if (rejected !== undefined) {
      throw new Error(`a sound change was rejected: ${JSON.stringify(rejected)}`);
    }
    return status === 202;
  } catch (error) {
    // What fetch throws when nobody listens, or the process dies before it has answered.
    if (
      error instanceof TypeError &&
      (signal.aborted || error.message === "fetch failed" || error.message === "terminated")
    ) {
      return false;
    }
    throw error;
  }
}
