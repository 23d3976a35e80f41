import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { Receipt, ReceiptOutcome } from "#shared/contracts/receipt.ts";
import type { Ad, Listing, Settlement, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { giveReceipt, tell } from "./outbox.ts";

/** Whether an attempt of it, the present one included, may have reached the marketplace. */
export function mayHaveReached(submission: Submission): boolean {
  return submission.mayHaveReached || submission.phase.kind !== "ready";
}

/** Open: no other document may be written meanwhile. An overdue one is no longer open; an overtaken one still is. */
export function isOpen(submission: Submission): boolean {
  return submission.phase.kind !== "overdue";
}

export function listingOf(ad: Ad, submission: Submission): Listing {
  const listing = ad.listings.find(({ id }) => id === submission.listingId);
  if (listing === undefined) {
    throw new Error(`submission ${submission.number} has no listing ${submission.listingId}`);
  }
  return listing;
}

/** The submission carries the newest wish, not one that has been replaced since. */
export function carriesWish(ad: Ad, submission: Submission): boolean {
  const { wish } = ad;
  return (
    wish?.state === "taken" && wish.event.id === submission.event.id && wish.event.source === submission.event.source
  );
}

type Ending = {
  outcome: Settlement["outcome"];
  clean: boolean;
  receipt: ReceiptOutcome;
  details?: Receipt["details"];
};

/** Ends a submission: its receipt (unless it has had one as overdue), how it ended, and its wish. Changes the ad. */
export function endSubmission(ad: Ad, submission: Submission, ending: Ending, context: Context): void {
  if (isOpen(submission)) {
    giveReceipt(ad, {
      source: submission.event.source,
      eventId: submission.event.id,
      outcome: ending.receipt,
      reason: ending.outcome,
      at: context.now,
      ...(ending.details && { details: ending.details }),
    });
  }
  noteOutcome(ad, submission, ending, context);
  ad.submissions = ad.submissions.filter(({ number }) => number !== submission.number);
}

/** Remembers how a submission ended, unless a newer one has ended already, and that its wish needs no more. Changes the ad. */
export function noteOutcome(ad: Ad, submission: Submission, ending: Ending, context: Context): void {
  if (carriesWish(ad, submission) && ad.wish !== null) {
    ad.wish.state = "ended";
  }
  if (ad.settled === null || ad.settled.submission < submission.number) {
    ad.settled = {
      submission: submission.number,
      want: submission.want,
      outcome: ending.outcome,
      clean: ending.clean,
      warnings: submission.warnings,
      at: context.now,
    };
  }
}

/** Ends a submission whose place a newer wish has taken. Changes the ad. */
export function supersede(ad: Ad, submission: Submission, context: Context): void {
  if (isOpen(submission)) {
    const { source, id: eventId } = submission.event;
    giveReceipt(ad, { source, eventId, outcome: "superseded", reason: "newer-wish", at: context.now });
  }
  ad.submissions = ad.submissions.filter(({ number }) => number !== submission.number);
}

/**
 * Takes a submission back, unsent or refused for a reason that lies in the listing: its wish waits again, to be planned
 * anew. If a newer wish has come, it is superseded instead. Changes the ad.
 */
export function withdraw(ad: Ad, submission: Submission, context: Context): void {
  if (carriesWish(ad, submission) && ad.wish !== null) {
    ad.wish.state = "waiting";
    ad.submissions = ad.submissions.filter(({ number }) => number !== submission.number);
    return;
  }
  supersede(ad, submission, context);
}

/** The marketplace refused the write: told with its own words, and the wish ends. Changes the ad. */
export function refuse(ad: Ad, submission: Submission, errors: MarketplaceError[], context: Context): void {
  tell(
    ad,
    {
      type: "AdErrored",
      data: { stage: "submission", errors },
      listingId: submission.listingId,
      evidence: [submission.number, "refused"],
      occurredAt: new Date(context.now).toISOString(),
      correlationId: submission.event.id,
      causationId: null,
    },
    context.now,
  );
  endSubmission(ad, submission, { outcome: "refused", clean: false, receipt: "failed", details: errors }, context);
}
