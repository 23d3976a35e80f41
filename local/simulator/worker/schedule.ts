import type { DelayName } from "#local/simulator/delay-names.ts";
import { drawFraction } from "#local/simulator/random.ts";
import { adKey, type MarketplaceState, type StoredAd, type Task } from "#local/simulator/state.ts";
import type { Job } from "./job.ts";

type Undated<J> = J extends Job ? Omit<J, "dueAt"> : never;

/** Puts a job in its place: by due time, and among equals after those already there. */
export function schedule(state: MarketplaceState, dueAt: number, job: Undated<Job>): void {
  let low = 0;
  let high = state.jobs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((state.jobs[middle]?.dueAt ?? 0) <= dueAt) low = middle + 1;
    else high = middle;
  }
  state.jobs.splice(low, 0, { ...job, dueAt } as Job);
}

/** When something that begins now and takes `delay` ends. */
export function endOf(state: MarketplaceState, now: number, delay: DelayName, extraMs = 0): number {
  const { [delay]: delayMs, delayJitter } = state.settings;
  const jitterMs = delayJitter === 0 ? 0 : delayMs * delayJitter * drawFraction(state);
  return now + Math.round(delayMs + jitterMs) + extraMs;
}

/** Hands a task to the ad's worker, which takes one after the other in order of acceptance. */
export function enqueueTask(state: MarketplaceState, ad: StoredAd, task: Task): void {
  ad.tasks.push(task);
  ad.lastRequestId = task.requestId;
  if (ad.tasks.length > 1) return;
  schedule(state, endOf(state, state.now, "queueDelayMs"), { kind: "step", adKey: adKey(ad.dealerCode, ad.sourceId) });
}
