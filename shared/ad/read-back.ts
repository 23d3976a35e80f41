import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import type { Ad, Submission } from "./ad.ts";
import { backoffMs, type Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import type { ReadReply, Row, Snapshot } from "./marketplace.ts";
import { observe } from "./observe.ts";
import { isReadBack } from "./plan.ts";
import { isOurs } from "./row.ts";
import { isBeingDeleted, listingOf, mayBeDeletedAlready, refuse, withdraw } from "./submission.ts";
import { takeAbsence } from "./take-absence.ts";

/** This many reads, a pause apart, must find no trace of an attempt before it is repeated. */
const readsBeforeRepeat = 2;

/**
 * Takes the single read that a doubt, a refusal or a taken listing id asked for. Whatever it shows is observed as any
 * other read; then the submission that asked goes on from there.
 */
export function applyRead(ad: Ad, submissionNumber: number, outcome: { reply: ReadReply; context: Context }): Ad {
  const { reply, context } = outcome;
  if (reply.kind === "failed") {
    return postponeRead(ad, submissionNumber, { retryAfterMs: reply.retryAfterMs, context });
  }
  const asked = ad.submissions.find(({ number }) => number === submissionNumber);
  if (asked === undefined) {
    return ad;
  }
  const next = observe(ad, { listingId: asked.listingId, snapshot: reply.snapshot }, context);
  const submission = next.submissions.find(({ number }) => number === submissionNumber);
  if (submission !== undefined) {
    goOn(next, submission, { snapshot: reply.snapshot, context });
  }
  return next;
}

type Postponement = { retryAfterMs: number | null; context: Context };

function postponeRead(ad: Ad, submissionNumber: number, { retryAfterMs, context }: Postponement): Ad {
  const next = copyAd(ad);
  const phase = next.submissions.find(({ number }) => number === submissionNumber)?.phase;
  if (phase !== undefined && "nextReadAt" in phase) {
    phase.nextReadAt = context.now + (retryAfterMs ?? backoffMs(2, context));
  }
  return next;
}

type Seen = { snapshot: Snapshot; context: Context };

function goOn(ad: Ad, submission: Submission, seen: Seen): void {
  switch (submission.phase.kind) {
    case "look-up":
      goOnLookedUp(ad, submission, seen);
      return;
    case "doubt":
      goOnInDoubt(ad, submission, seen);
      return;
    case "exists-check":
      goOnTaken(ad, submission, seen);
      return;
    case "refused-check":
      goOnRefused(ad, submission, seen);
      return;
    case "ready":
    case "calling":
    case "answered":
    case "overdue":
      return;
    default:
      throw new Error(`unknown phase ${JSON.stringify(submission.phase satisfies never)}`);
  }
}

const takenId = { code: "id-taken", pointer: null, message: "The item's id is taken by somebody else's ad." };

/**
 * Whose the id is that the source chose is known now: nobody's, so the write can be made; ours from a life before, which is
 * adopted; or somebody else's, which refuses a document, and leaves a removal nothing to do.
 */
function goOnLookedUp(ad: Ad, submission: Submission, { snapshot, context }: Seen): void {
  const row = ourRow(ad, submission, snapshot);
  listingOf(ad, submission).isAnothers = row === null && isTaken(snapshot);
  if (snapshot.kind === "unlisted") {
    submission.phase = { kind: "look-up", nextReadAt: context.now + context.waits.doubtReadGapMs };
  } else if (submission.call === "delete") {
    goOnToDelete(ad, submission, { row, context });
  } else if (row !== null) {
    adopt(ad, submission, { row, context });
  } else if (isTaken(snapshot)) {
    refuse(ad, submission, [takenId], context);
  } else {
    submission.phase = { kind: "ready", notBefore: context.now };
  }
}

/** Said of what is not ours: whether somebody else's ad stands there. */
function isTaken(snapshot: Snapshot): boolean {
  return snapshot.kind === "found" || (snapshot.kind === "absent" && snapshot.taken);
}

function goOnToDelete(ad: Ad, submission: Submission, { row, context }: { row: Row | null; context: Context }): void {
  if (row === null) {
    takeAbsence(ad, submission, context);
  } else {
    submission.phase = { kind: "ready", notBefore: context.now };
  }
}

/** No trace of the attempt: read once more, then make it again. An attempt that left one is `answered` by now. */
function goOnInDoubt(ad: Ad, submission: Submission, { snapshot, context }: Seen): void {
  if (submission.phase.kind !== "doubt" || !isReadBack(submission) || submission.phase.nextReadAt > context.now) {
    return;
  }
  const row = ourRow(ad, submission, snapshot);
  const reads = submission.phase.reads + 1;
  if (submission.call === "delete" && row?.state === "deleted") {
    submission.phase = { kind: "answered", since: context.now };
  } else if (reads < readsBeforeRepeat) {
    submission.phase = { kind: "doubt", reads, nextReadAt: context.now + context.waits.doubtReadGapMs };
  } else if (row !== null && submission.call !== "delete") {
    adopt(ad, submission, { row, context });
  } else {
    submission.phase = { kind: "ready", notBefore: context.now + backoffMs(submission.attempts, context) };
  }
}

/**
 * The listing id is taken: by our own listing, which is adopted, or by somebody else's, which refuses the write. So does one
 * that no read shows for half an hour.
 */
function goOnTaken(ad: Ad, submission: Submission, { snapshot, context }: Seen): void {
  if (submission.phase.kind !== "exists-check" || submission.phase.nextReadAt > context.now) {
    return;
  }
  const row = ourRow(ad, submission, snapshot);
  if (row !== null) {
    adopt(ad, submission, { row, context });
  } else if (isTaken(snapshot)) {
    listingOf(ad, submission).isAnothers = true;
    refuse(ad, submission, submission.phase.errors, context);
  } else {
    const reads = submission.phase.reads + 1;
    const pauseMs = Math.max(context.waits.doubtReadGapMs, backoffMs(reads, context));
    if (!submission.mayHaveReached && context.now + pauseMs >= submission.begunAt + context.waits.overdueMs) {
      refuse(ad, submission, submission.phase.errors, context);
      return;
    }
    submission.wasInDoubt = true;
    submission.phase = { ...submission.phase, reads, nextReadAt: context.now + pauseMs };
  }
}

/** A PUT or DELETE was refused. If the listing turns out to be deleted, or on its way there, that was the reason. */
function goOnRefused(ad: Ad, submission: Submission, { snapshot, context }: Seen): void {
  if (submission.phase.kind !== "refused-check") {
    return;
  }
  const { errors } = submission.phase;
  const isDeleted = ourRow(ad, submission, snapshot)?.state === "deleted";
  if (submission.call === "delete" && snapshot.kind === "absent" && !snapshot.taken) {
    takeAbsence(ad, submission, context);
  } else if (submission.call === "delete") {
    goOnRefusedDelete(ad, submission, { isDeleted, errors, context });
  } else if (isDeleted && isRegistered(ad, submission)) {
    withdraw(ad, submission, context);
  } else if (isBeingDeleted(ad, submission)) {
    submission.phase = { kind: "ready", notBefore: context.now + context.waits.readSlowMs };
  } else {
    refuse(ad, submission, errors, context);
  }
}

type Refused = { isDeleted: boolean; errors: MarketplaceError[]; context: Context };

/** Refused because it is deleted already, or because an earlier attempt is at it: that one gets its time before this is believed. */
function goOnRefusedDelete(ad: Ad, submission: Submission, { isDeleted, errors, context }: Refused): void {
  const { now, waits } = context;
  const isUnderWay = errors.some(({ code }) => code === "deleted") || mayBeDeletedAlready(ad, submission);
  const nextReadAt = now + waits.readSlowMs;
  if (isDeleted) {
    submission.phase = { kind: "answered", since: now };
  } else if (isUnderWay && nextReadAt < submission.begunAt + waits.overdueMs) {
    submission.phase = { kind: "refused-check", errors, nextReadAt };
  } else {
    refuse(ad, submission, errors, context);
  }
}

/** The listing is there and ours: the whole document goes to it as a PUT, unless it is dead for good. */
function adopt(ad: Ad, submission: Submission, { row, context }: { row: Row; context: Context }): void {
  if (row.state === "deleted" && isRegistered(ad, submission)) {
    withdraw(ad, submission, context);
    return;
  }
  submission.call = "put";
  submission.phase = { kind: "ready", notBefore: context.now };
}

function ourRow(ad: Ad, submission: Submission, snapshot: Snapshot): Row | null {
  return snapshot.kind === "found" && isOurs(ad, listingOf(ad, submission), snapshot.row) ? snapshot.row : null;
}

function isRegistered(ad: Ad, submission: Submission): boolean {
  const { vehicleType } = listingOf(ad, submission);
  return vehicleType !== null && vehicleTypes[vehicleType].registered;
}
