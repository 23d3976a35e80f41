import type { Receipt } from "#shared/contracts/receipt.ts";
import { type Ad, type Charge, currentListing, type Listing, type Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { compareOrder } from "./order.ts";
import { giveReceipt } from "./outbox.ts";
import { endSubmission, mayHaveReached, tellErrored } from "./submission.ts";

/** Takes a request for a charged call, outside the order of wishes. The newest of its kind that has not been made waits, alone. Changes the ad. */
export function acceptCharge(ad: Ad, charge: Charge, context: Context): void {
  const begun = ad.submissions.find((submission) => isWaitingCharge(submission) && submission.call === charge.call);
  const waiting = begun?.charge ?? ad.charges.find(({ call }) => call === charge.call);
  if (isTooOld(charge, context)) {
    voidCharge(ad, charge, { outcome: "rejected", reason: "too-old", context });
  } else if (isRemovedSince(ad, charge)) {
    voidCharge(ad, charge, { outcome: "superseded", reason: "removed", context });
  } else if (waiting !== undefined && compareOrder(charge.order, waiting.order) < 0) {
    voidCharge(ad, charge, { outcome: "superseded", reason: "newer-request", context });
  } else {
    if (waiting !== undefined) {
      voidCharge(ad, waiting, { outcome: "superseded", reason: "newer-request", context });
    }
    replace(ad, { begun, waiting, charge });
  }
}

type Replacement = { begun: Submission | undefined; waiting: Charge | undefined; charge: Charge };

/** The new one takes the place of the old one; one begun and put off keeps its time for the next attempt. Changes the ad. */
function replace(ad: Ad, { begun, waiting, charge }: Replacement): void {
  if (begun !== undefined) {
    begun.charge = charge;
    begun.event = charge.event;
    return;
  }
  ad.charges = [...ad.charges.filter((other) => other !== waiting), charge];
}

/** Whether it is a charged call that surely has not been made, and waits for its next attempt. */
export function isWaitingCharge({ purpose, phase, mayHaveReached }: Submission): boolean {
  return purpose === "charge" && phase.kind === "ready" && !mayHaveReached;
}

/** A removal that is newer than it takes a charged call with it, whichever of the two came first. */
function isRemovedSince({ wish }: Ad, { order }: Charge): boolean {
  return wish?.want.kind === "no-ad" && compareOrder(order, wish.order) < 0;
}

/** A charged call that was put off gives way to what came while it was made: a newer one of its kind, or a removal. Changes the ad. */
export function giveWay(ad: Ad, submission: Submission, context: Context): void {
  const { charge } = submission;
  if (charge === null || !isWaitingCharge(submission)) {
    return;
  }
  if (isRemovedSince(ad, charge)) {
    cancel(ad, submission, context);
  }
  const newer = ad.charges.find(({ call }) => call === charge.call);
  if (newer !== undefined) {
    ad.charges = ad.charges.filter((one) => one !== newer);
    acceptCharge(ad, newer, context);
  }
}

function cancel(ad: Ad, submission: Submission, context: Context): void {
  const ending = { outcome: "refused", clean: true, receipt: "superseded", reason: "removed" } as const;
  endSubmission(ad, submission, ending, context);
}

/** What has not been made makes way for another write, and waits again, for the listing that is there then. Changes the ad. */
export function putBackCharges(ad: Ad, context: Context): void {
  const waiting = ad.submissions.filter(isWaitingCharge);
  ad.submissions = ad.submissions.filter((submission) => !waiting.includes(submission));
  for (const { charge } of waiting) {
    if (charge !== null) {
      acceptCharge(ad, charge, context);
    }
  }
}

/** A removal takes the charged calls that have not been made with it. Changes the ad. */
export function cancelCharges(ad: Ad, context: Context): void {
  for (const charge of ad.charges) {
    voidCharge(ad, charge, { outcome: "superseded", reason: "removed", context });
  }
  ad.charges = [];
  for (const submission of ad.submissions.filter((one) => one.purpose === "charge" && !mayHaveReached(one))) {
    cancel(ad, submission, context);
  }
}

/** Ends what a day has made pointless, and what has left no trace for too long. Changes the ad. */
export function expireCharges(ad: Ad, context: Context): void {
  for (const charge of ad.charges.filter((waiting) => isTooOld(waiting, context))) {
    voidCharge(ad, charge, { outcome: "rejected", reason: "too-old", context });
  }
  ad.charges = ad.charges.filter((waiting) => !isTooOld(waiting, context));
  for (const submission of ad.submissions.filter(({ purpose }) => purpose === "charge")) {
    expireSubmission(ad, submission, context);
  }
}

/** The next charged call that may be made: nothing else is under way, and there is a listing to make it for. */
export function nextCharge(ad: Ad): Charge | undefined {
  const listing = currentListing(ad);
  const isListed = listing?.seen === true && !listing.deleted;
  return isListed && ad.submissions.length === 0 && ad.wish?.state !== "waiting" ? ad.charges[0] : undefined;
}

function expireSubmission(ad: Ad, submission: Submission, context: Context): void {
  const { phase, charge, leaseUntil } = submission;
  if (phase.kind === "ready" && charge !== null && isTooOld(charge, context)) {
    endSubmission(ad, submission, { outcome: "refused", clean: true, receipt: "rejected", reason: "too-old" }, context);
  }
  if (phase.kind === "doubt" && leaseUntil + context.waits.chargeAgeMs <= context.now) {
    endInDoubt(ad, submission, context);
  }
}

/**
 * A charged call in doubt of which a read shows no trace half an hour after its lease is told, and not made again. Only a read
 * that found the listing, or that there is none, says so: what one of them has done would else be taken for the next one's.
 * While none is made, it ends a day after its lease. Changes the ad.
 */
export function endUntraced(ad: Ad, listing: Listing, context: Context): void {
  for (const submission of ad.submissions.filter(
    ({ purpose, listingId }) => purpose === "charge" && listingId === listing.id,
  )) {
    if (submission.phase.kind === "doubt" && submission.leaseUntil + context.waits.chargeDoubtMs <= context.now) {
      endInDoubt(ad, submission, context);
    }
  }
}

function endInDoubt(ad: Ad, submission: Submission, context: Context): void {
  const message = "It is not known whether this charged call was made; it is not made again.";
  const errors = [{ code: "in-doubt", pointer: null, message }];
  tellErrored(ad, submission, { stage: "in-doubt", errors, evidence: "in-doubt", context });
  endSubmission(ad, submission, { outcome: "errored", clean: false, receipt: "failed", reason: "in-doubt" }, context);
}

function isTooOld({ order }: Charge, { now, waits }: Context): boolean {
  return order.time + waits.chargeAgeMs <= now;
}

type Void = Pick<Receipt, "outcome" | "reason"> & { context: Context };

function voidCharge(ad: Ad, { event }: Charge, { outcome, reason, context }: Void): void {
  giveReceipt(ad, { source: event.source, eventId: event.id, outcome, reason, at: context.now, ofCharge: true });
}
