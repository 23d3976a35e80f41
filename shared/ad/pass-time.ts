import type { Ad, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { giveReceipt, tell } from "./outbox.ts";
import { isOpen, noteOutcome } from "./submission.ts";

/**
 * What the passing of time alone changes: an attempt whose lease ran out without a reply is in doubt, a submission without
 * a result is told as stalled. Idempotent.
 */
export function passTime(ad: Ad, context: Context): Ad {
  const next = structuredClone(ad);
  for (const submission of next.submissions) {
    doubtLostAttempt(submission, context);
    stall(next, submission, context);
  }
  return next;
}

function doubtLostAttempt(submission: Submission, { now, waits }: Context): void {
  const { phase } = submission;
  if (phase.kind === "calling" && phase.callUntil + waits.doubtGraceMs <= now) {
    submission.phase = { kind: "doubt", reads: 0, nextReadAt: now };
    submission.wasInDoubt = true;
    submission.mayHaveReached = true;
  }
}

/** One that was accepted becomes overdue and frees the ad; one that was never answered is told too, but stays open. */
function stall(ad: Ad, submission: Submission, context: Context): void {
  const { phase } = submission;
  const since = phase.kind === "answered" ? phase.since : submission.begunAt;
  if (!isOpen(submission) || since + context.waits.overdueMs > context.now) {
    return;
  }
  if (!submission.stallTold) {
    submission.stallTold = true;
    tellStalled(ad, submission, since, context);
  }
  if (phase.kind === "answered") {
    const { source, id: eventId } = submission.event;
    giveReceipt(ad, { source, eventId, outcome: "failed", reason: "stalled", at: context.now });
    noteOutcome(ad, submission, { outcome: "stalled", clean: false, receipt: "failed" }, context);
    submission.phase = { kind: "overdue", since: context.now };
  }
}

function tellStalled(ad: Ad, submission: Submission, since: number, context: Context): void {
  tell(
    ad,
    {
      type: "AdStalled",
      data: { call: submission.call, since: new Date(since).toISOString() },
      listingId: submission.listingId,
      evidence: [submission.number],
      occurredAt: new Date(context.now).toISOString(),
      correlationId: submission.event.id,
      causationId: null,
    },
    context.now,
  );
}
