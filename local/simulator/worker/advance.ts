import { isVisible } from "#local/simulator/document.ts";
import { adKey, type LogEntry, type MarketplaceState, type StoredAd, type Task } from "#local/simulator/state.ts";
import type { Job, Step } from "./job.ts";
import { planTask } from "./plan-task.ts";
import { endOf, schedule } from "./schedule.ts";
import { assignIds, goLive, takeEffect } from "./take-effect.ts";

/** Enters a line by the time it happened, after those of the same instant. */
function insertLogLine(state: MarketplaceState, ad: StoredAd, entry: LogEntry): void {
  let place = ad.log.length;
  while (place > 0 && (ad.log[place - 1]?.at ?? 0) > entry.at) place -= 1;
  ad.log.splice(place, 0, entry);
  if (state.quirks.updatedMoves === "yes") ad.updatedAt = state.now;
}

function writeLogLine(state: MarketplaceState, ad: StoredAd, task: Task, entry: LogEntry): void {
  if (task.fault?.kind !== "late-log") {
    insertLogLine(state, ad, entry);
    return;
  }
  const key = adKey(ad.dealerCode, ad.sourceId);
  schedule(state, state.now + task.fault.delayMs, { kind: "log-line", adKey: key, entry });
}

function takeStep(state: MarketplaceState, ad: StoredAd, task: Task, step: Step): void {
  const { action, state: actionState, message } = step;
  if (!task.isSilent)
    writeLogLine(state, ad, task, { requestId: task.requestId, at: state.now, action, state: actionState, message });
  if (step.effect !== null) takeEffect(state, ad, step.effect, task);
  const recoversAfterMs = task.fault?.kind === "publish-error" ? task.fault.recoversAfterMs : undefined;
  if (recoversAfterMs !== undefined && action === "publish" && actionState === "error") {
    const key = adKey(ad.dealerCode, ad.sourceId);
    schedule(state, state.now + recoversAfterMs, { kind: "late-publish", adKey: key, requestId: task.requestId });
  }
}

/** A log that is longer is not copied; its spare room is small beside it. */
const longestCopied = 64;

/** Gives back the room that arrays keep to grow into: most ads have nothing more to do for most of their life. */
function rest(ad: StoredAd): void {
  ad.tasks = [];
  ad.steps = [];
  if (ad.log.length <= longestCopied) ad.log = ad.log.slice();
}

function runStep(state: MarketplaceState, ad: StoredAd): void {
  const task = ad.tasks[0];
  if (task === undefined) return;
  if (ad.steps.length === 0) ad.steps = planTask(ad, task, state);
  const step = ad.steps.shift();
  if (step !== undefined) takeStep(state, ad, task, step);
  const next = ad.steps[0];
  if (next === undefined) ad.tasks.shift();
  if (ad.tasks.length === 0) {
    rest(ad);
    return;
  }
  const dueAt =
    next === undefined ? endOf(state, state.now, "queueDelayMs") : endOf(state, state.now, next.wait, next.extraMs);
  schedule(state, dueAt, { kind: "step", adKey: adKey(ad.dealerCode, ad.sourceId) });
}

/** A publish that failed and was repeated in the background, unless a later write has overtaken it. */
function publishLate(state: MarketplaceState, ad: StoredAd, requestId: string): void {
  const hasLaterWrite = ad.lastRequestId !== requestId;
  if (hasLaterWrite || ad.isDeleteAccepted) return;
  if (isVisible(ad.document)) goLive(state, ad, ad.document);
  insertLogLine(state, ad, { requestId, at: state.now, action: "publish", state: "done", message: "Ad published" });
}

function runJob(state: MarketplaceState, ad: StoredAd, job: Job): void {
  switch (job.kind) {
    case "step":
      runStep(state, ad);
      return;
    case "log-line":
      insertLogLine(state, ad, job.entry);
      return;
    case "ad-ids":
      assignIds(state, ad);
      return;
    case "late-publish":
      publishLate(state, ad, job.requestId);
      return;
  }
}

/**
 * Moves the marketplace to `at`, each job done at its own due time, so that the result does not depend on how often
 * this is called. An `at` in the past changes nothing: time stands still until the clock has caught up.
 */
export function advanceTo(state: MarketplaceState, at: number): void {
  for (let job = state.jobs[0]; job !== undefined && job.dueAt <= at; job = state.jobs[0]) {
    state.jobs.shift();
    state.now = Math.max(state.now, job.dueAt);
    const ad = state.ads.get(job.adKey);
    if (ad !== undefined) runJob(state, ad, job);
  }
  state.now = Math.max(state.now, at);
}
