import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { Receipt, ReceiptOutcome } from "#shared/contracts/receipt.ts";
import type { Ad, EventRef, Instant, Listing, Settlement, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { doorWarnings } from "./document.ts";
import { giveReceipt, tell } from "./outbox.ts";
import { toPast, watch } from "./watch.ts";

/** The present attempt was not made, or was refused: it left nothing at the marketplace. */
const withoutTrace: readonly Submission["phase"]["kind"][] = ["look-up", "ready", "refused-check", "exists-check"];

/** Whether an attempt of it, the present one included, may have reached the marketplace. */
export function mayHaveReached(submission: Submission): boolean {
  return submission.mayHaveReached || !withoutTrace.includes(submission.phase.kind);
}

/** Open: no other document may be written meanwhile. An overdue one is no longer open; an overtaken one still is. */
export function isOpen(submission: Submission): boolean {
  return submission.phase.kind !== "overdue";
}

export function listingOf(ad: Ad, submission: Submission): Listing {
  const listing = ad.listings.find(({ id }) => id === submission.listingId);
  if (listing === undefined) {
    throw new Error(`submission ${submission.number} has no listing of its id`);
  }
  return listing;
}

export function isSameEvent(a: EventRef, b: EventRef): boolean {
  return a.source === b.source && a.id === b.id;
}

/** The submission carries the newest wish, not one that has been replaced since. */
export function carriesWish(ad: Ad, submission: Submission): boolean {
  const isFor = submission.purpose === "wish" || submission.purpose === "clear";
  return isFor && ad.wish !== null && ad.wish.state !== "ended" && isSameEvent(ad.wish.event, submission.event);
}

export type Ending = {
  outcome: Settlement["outcome"];
  clean: boolean;
  receipt: ReceiptOutcome;
  /** The receipt's reason; the outcome unless told. */
  reason?: string;
  details?: Receipt["details"];
};

/** Ends a submission: its receipt if it still owes one, how it ended, and its wish. Changes the ad. */
export function endSubmission(ad: Ad, submission: Submission, ending: Ending, context: Context): void {
  const { receipt, reason = ending.outcome, details } = ending;
  payReceipt(ad, submission, { receipt, reason, ...(details && { details }), context });
  noteOutcome(ad, submission, ending, context);
  remove(ad, submission, context, ending.clean);
}

/** Remembers how a submission ended, unless a newer one has ended already, and that its wish needs no more. Changes the ad. */
export function noteOutcome(ad: Ad, submission: Submission, ending: Ending, context: Context): void {
  if (submission.want === null || submission.purpose === "repair") {
    return;
  }
  if (carriesWish(ad, submission) && ad.wish !== null && submission.purpose === "wish") {
    ad.wish.state = "ended";
  }
  if (ad.settled === null || ad.settled.submission <= submission.number) {
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

type Payment = { receipt: ReceiptOutcome; reason: string; details?: Receipt["details"]; context: Context };

/** Gives the receipt a submission, or the wish itself, owes: once. With nothing worse to say it carries the door's warnings. Changes both. */
export function payReceipt(
  ad: Ad,
  debtor: Pick<Submission, "owes" | "event" | "want"> & Partial<Pick<Submission, "charge">>,
  { receipt, reason, details, context }: Payment,
): void {
  if (debtor.owes) {
    debtor.owes = false;
    const { source, id: eventId } = debtor.event;
    const warnings = doorWarnings(ad, debtor.want);
    const said = details ? { details } : warnings.length > 0 ? { warnings } : {};
    const charged = debtor.charge ? { ofCharge: true as const } : {};
    giveReceipt(ad, { source, eventId, outcome: receipt, reason, at: context.now, ...said, ...charged });
  }
}

/** Ends a submission whose place a newer wish has taken. Changes the ad. */
export function supersede(ad: Ad, submission: Submission, context: Context): void {
  payReceipt(ad, submission, { receipt: "superseded", reason: "newer-wish", context });
  remove(ad, submission, context, false);
}

/**
 * Takes a submission back: its wish waits again, to be planned anew. If a newer wish has come, it is superseded instead.
 * `isClean`: nothing of it can land any more. Changes the ad.
 */
export function withdraw(ad: Ad, submission: Submission, context: Context, isClean = false): void {
  if (!carriesWish(ad, submission) || ad.wish === null) {
    supersede(ad, submission, context);
    return;
  }
  ad.wish.state = "waiting";
  ad.wish.owes = submission.purpose === "wish" ? submission.owes : ad.wish.owes;
  remove(ad, submission, context, isClean);
}

/**
 * An attempt may have landed, and nobody knows. If the log has shown a request of the submission already, the write was taken,
 * whatever became of the reply. Changes the submission.
 */
export function fallIntoDoubt(
  ad: Ad,
  submission: Submission,
  { nextReadAt, now }: { nextReadAt: Instant; now: Instant },
): void {
  const requests = Object.values(listingOf(ad, submission).requests);
  const hasTrace = requests.some(({ owner }) => owner === submission.number);
  submission.wasInDoubt = true;
  submission.mayHaveReached = true;
  submission.phase = hasTrace ? { kind: "answered", since: now } : { kind: "doubt", reads: 0, nextReadAt };
}

/** Whether another submission is deleting the listing. */
export function isBeingDeleted(ad: Ad, { number, listingId }: Submission): boolean {
  return ad.submissions.some(
    (other) => other.call === "delete" && other.listingId === listingId && other.number !== number,
  );
}

/** Whether a DELETE like this one may be on its way: an earlier attempt of it, another one, or one that ended in doubt. */
export function mayBeDeletedAlready(ad: Ad, submission: Submission): boolean {
  const { past } = listingOf(ad, submission);
  return submission.mayHaveReached || isBeingDeleted(ad, submission) || past.some(({ call }) => call === "delete");
}

/** The present attempt surely changed nothing: what is left is what earlier ones may have done. Changes the submission. */
export function forgetAttempt(submission: Submission, { now }: Context): void {
  submission.phase = { kind: "ready", notBefore: now };
}

/** The marketplace refused the write: told with its own words, and the wish ends. Changes the ad. */
export function refuse(ad: Ad, submission: Submission, errors: MarketplaceError[], context: Context): void {
  forgetAttempt(submission, context);
  tellErrored(ad, submission, { stage: "submission", errors, evidence: "refused", context });
  if (submission.purpose === "clear" && carriesWish(ad, submission) && ad.wish !== null) {
    endWish(ad, { receipt: "failed", reason: "refused", details: errors, context });
  }
  endSubmission(ad, submission, { outcome: "refused", clean: false, receipt: "failed", details: errors }, context);
}

/** Ends the wish itself, which no submission carries. Changes the ad. */
export function endWish(ad: Ad, payment: Payment): void {
  if (ad.wish !== null) {
    payReceipt(ad, ad.wish, payment);
    ad.wish.state = "ended";
  }
}

type Complaint = { stage: string; errors: MarketplaceError[]; evidence: string; context: Context };

/** Tells an error that is not a line of the log: its evidence is the submission. Changes the ad. */
export function tellErrored(
  ad: Ad,
  { number, listingId, event }: Pick<Submission, "number" | "listingId" | "event">,
  { stage, errors, evidence, context }: Complaint,
): void {
  tell(
    ad,
    {
      type: "AdErrored",
      data: { stage, errors },
      listingId,
      evidence: [number, evidence],
      occurredAt: new Date(context.now).toISOString(),
      correlationId: event.id,
      causationId: null,
    },
    context.now,
  );
}

type Stall = {
  call: string;
  since: Instant;
  evidence: readonly (string | number)[];
  listingId: string;
  correlationId: string;
};

/** What was told last is no clean outcome then: the same wish goes out again, so that its outcome is. Changes the ad. */
export function tellStalled(ad: Ad, { call, since, ...fact }: Stall, { now }: Context): void {
  if (ad.settled !== null) {
    ad.settled.clean = false;
  }
  const data = { call, since: new Date(since).toISOString() };
  tell(ad, { type: "AdStalled", data, ...fact, occurredAt: new Date(now).toISOString(), causationId: null }, now);
}

/** What ended without being clean, and may have reached the marketplace, is watched, and known again if it lands late. */
function remove(ad: Ad, submission: Submission, context: Context, isClean: boolean): void {
  ad.submissions = ad.submissions.filter(({ number }) => number !== submission.number);
  if (!isClean && mayHaveReached(submission)) {
    watch(listingOf(ad, submission), toPast(ad, submission), context);
  }
}
