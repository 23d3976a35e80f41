import type { Waits } from "#shared/contracts/waits.ts";
import type { Ad, Instant, Listing, Submission } from "./ad.ts";
import { expireCharges } from "./charge.ts";
import type { Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import { endSubmission, fallIntoDoubt, noteOutcome, payReceipt, supersede, tellStalled } from "./submission.ts";

/**
 * What the passing of time alone changes: an attempt whose lease ran out without a reply is in doubt, a write that nobody
 * answers is told as stalled, a charged call that waited for a day is void. Idempotent.
 */
export function passTime(ad: Ad, context: Context): Ad {
  const next = copyAd(ad);
  for (const submission of next.submissions) {
    doubtLostAttempt(next, submission, context);
    stallUnanswered(next, submission, context);
  }
  expireCharges(next, context);
  return next;
}

function doubtLostAttempt(ad: Ad, submission: Submission, { now, waits }: Context): void {
  const { phase } = submission;
  if (phase.kind === "calling" && phase.callUntil + waits.doubtGraceMs <= now) {
    fallIntoDoubt(ad, submission, { nextReadAt: now, now });
  }
}

/** A write that was never answered is told as stalled by the clock alone, and stays open. */
function stallUnanswered(ad: Ad, submission: Submission, context: Context): void {
  const at = stallsUnansweredAt(submission, context.waits);
  if (at !== null && at <= context.now) {
    tellSubmissionStalled(ad, submission, submission.begunAt, context);
  }
}

/** When a write that nobody answers is told as stalled; null when it has been (an overdue one has), or was answered. */
export function stallsUnansweredAt(
  { phase, begunAt, purpose, stallTold }: Submission,
  { overdueMs }: Waits,
): Instant | null {
  const isWaiting = phase.kind !== "answered" && purpose !== "charge";
  return isWaiting && !stallTold ? begunAt + overdueMs : null;
}

/**
 * An accepted write without a result becomes overdue and frees the ad. Only a read that was made says so: while none can be
 * made, nobody knows. One that a removal overtook is nobody's wish any more, and is superseded without a word. A charged call ends there, and is
 * watched: it holds nothing up. Changes the ad.
 */
export function stallAnswered(ad: Ad, { listing, isUnlisted }: Sight, context: Context): void {
  for (const submission of ad.submissions.filter(({ listingId }) => listingId === listing.id)) {
    const { phase } = submission;
    if (phase.kind !== "answered" || stallsAt({ listing, isUnlisted }, phase.since, context.waits) > context.now) {
      continue;
    }
    if (submission.overtaken) {
      supersede(ad, submission, context);
      continue;
    }
    const ending = { outcome: "stalled", clean: false, receipt: "failed" } as const;
    tellSubmissionStalled(ad, submission, phase.since, context);
    if (submission.purpose === "charge") {
      endSubmission(ad, submission, ending, context);
      continue;
    }
    payReceipt(ad, submission, { receipt: "failed", reason: "stalled", context });
    noteOutcome(ad, submission, ending, context);
    submission.phase = { kind: "overdue", since: context.now };
  }
}

type Sight = { listing: Listing; isUnlisted: boolean };

/**
 * A log that has only just moved gets the time to come to rest: what looks like a result then settles, and is no stall. A
 * list that leaves the listing out proves little, and is believed after twice the time.
 */
function stallsAt({ listing, isUnlisted }: Sight, since: number, waits: Waits): number {
  if (isUnlisted) {
    return since + 2 * waits.overdueMs;
  }
  const restsAt = listing.unchangedSince + 3 * waits.unchangedMs;
  return Math.min(Math.max(since + waits.overdueMs, restsAt), since + 2 * waits.overdueMs);
}

function tellSubmissionStalled(ad: Ad, submission: Submission, since: Instant, context: Context): void {
  const { number, call, listingId, event } = submission;
  if (!submission.stallTold) {
    submission.stallTold = true;
    tellStalled(ad, { call, since, evidence: [number], listingId, correlationId: event.id }, context);
  }
}
