import { type Ad, documentOf, type Listing, type Settlement, type Submission } from "./ad.ts";
import { readsAs } from "./compare.ts";
import type { Context } from "./context.ts";
import { doorWarnings, hasReducedPrice, heldPointers, outgoingFields } from "./document.ts";
import { complaintOf, tellFact } from "./facts.ts";
import type { LogEntry, Row } from "./marketplace.ts";
import { type Ended, hasRivals, isDocumentOrRemoval, outcomeOf } from "./outcome.ts";
import { hashEntry } from "./requests.ts";
import { carriesWish, endSubmission, endWish, supersede, tellErrored, withdraw } from "./submission.ts";

type Reading = { ad: Ad; listing: Listing; row: Row; context: Context };

/** So often is a wish sent again because a read shows something else; then it is told as drift. */
const repairsAtMost = 3;

/**
 * Settles every submission of the listing whose end this read shows. The newest first: a removal that has ended closes what
 * it overtook, which then has nothing more to tell. Changes the ad.
 */
export function settleSubmissions(reading: Reading): void {
  const { ad, listing } = reading;
  for (const submission of ad.submissions.filter(({ listingId }) => listingId === listing.id).reverse()) {
    const ended = ad.submissions.includes(submission) ? outcomeOf(reading, submission) : null;
    if (ended !== null) {
      settle(reading, submission, ended);
    }
  }
}

function settle(reading: Reading, submission: Submission, ended: Ended): void {
  const { ad, context } = reading;
  if (submission.purpose === "charge" || submission.purpose === "repair") {
    const isClean = ended.outcome !== "errored";
    endSubmission(ad, submission, { outcome: ended.outcome, clean: isClean, receipt: "applied" }, context);
  } else if (isPartial(ad, submission, ended)) {
    withdraw(ad, submission, context, !isDoubtful(ad, submission));
  } else if (hasDrifted(reading, submission, ended)) {
    repair(ad, submission, context);
  } else {
    settleWish(reading, submission, ended);
  }
}

function settleWish(reading: Reading, submission: Submission, ended: Ended): void {
  const { ad, listing, row, context } = reading;
  const { outcome } = ended;
  tellOutcome(reading, submission, ended);
  const isAsAsked =
    outcome === "hidden" || outcome === "absent" || (outcome === "published" && row.blocketAdId !== null);
  const { want, warnings } = submission;
  const isShown = want !== null && readsAs(ad, want, { listing, row });
  const isClean = isAsAsked && isShown && warnings.length === 0 && !isDoubtful(ad, submission) && ended.newest !== null;
  const document = documentOf(ad, want);
  if (isClean && document !== null && !listing.past.some(isDocumentOrRemoval)) {
    listing.held = heldPointers(outgoingFields(document));
  }
  if (outcome !== "errored") {
    closeOlder(ad, submission, context);
  }
  if (submission.purpose === "clear" && outcome === "errored" && carriesWish(ad, submission)) {
    endWish(ad, { receipt: "failed", reason: "errored", context });
  }
  endSubmission(ad, submission, { outcome, clean: isClean, receipt: "applied" }, context);
}

/** Whether a POST that just ended well could not bring all that is still wished. */
function isPartial(ad: Ad, submission: Submission, { outcome }: Ended): boolean {
  const { want, call } = submission;
  return (
    call === "post" && outcome !== "errored" && carriesWish(ad, submission) && hasReducedPrice(documentOf(ad, want))
  );
}

/** Whether the row shows something else than the write that just ended well, though no newer wish waits. */
function hasDrifted({ ad, listing, row }: Reading, submission: Submission, { outcome }: Ended): boolean {
  const { want } = submission;
  return outcome !== "errored" && want !== null && carriesWish(ad, submission) && !readsAs(ad, want, { listing, row });
}

/** Sends the wish of a submission again, or tells drift once that has been done often enough. Changes the ad. */
function repair(ad: Ad, submission: Submission, context: Context): void {
  if (ad.wish !== null && ad.wish.repairs < repairsAtMost) {
    ad.wish.repairs += 1;
    withdraw(ad, submission, context);
    return;
  }
  if (ad.wish !== null) {
    ad.wish.repairs += 1;
  }
  tellDrift(ad, submission, context);
  if (submission.purpose === "clear") {
    endWish(ad, { receipt: "failed", reason: "drift", context });
  }
  endSubmission(ad, submission, { outcome: "errored", clean: false, receipt: "failed", reason: "drift" }, context);
}

/**
 * Compares what a watch read shows with what the wish's submission ended as, and sends the wish again where they differ.
 * Nothing is compared while a submission is open, a newer wish waits, or the last one was refused. Changes the ad.
 */
export function repairDrift({ ad, listing, row, context }: Reading): void {
  const { wish, settled } = ad;
  const isCurrent = listing === ad.listings.at(-1);
  const isComparable = wish?.state === "ended" && settled !== null && comparable.has(settled.outcome);
  if (!isCurrent || !isComparable || ad.submissions.length > 0 || readsAs(ad, wish.want, { listing, row })) {
    return;
  }
  if (wish.repairs < repairsAtMost) {
    wish.repairs += 1;
    wish.state = "waiting";
  } else if (wish.repairs === repairsAtMost) {
    wish.repairs += 1;
    tellDrift(ad, { number: settled.submission, listingId: listing.id, event: wish.event }, context);
    settled.clean = false;
  }
}

const comparable = new Set<Settlement["outcome"]>(["published", "hidden", "updated", "absent", "errored"]);

function tellDrift(ad: Ad, submission: Pick<Submission, "number" | "listingId" | "event">, context: Context): void {
  const message = "The marketplace keeps showing something else than what was sent.";
  const errors = [{ code: "drift", pointer: null, message }];
  tellErrored(ad, submission, { stage: "drift", errors, evidence: "drift", context });
}

/** Closes what a settled write has made pointless: older writes of its listing that have not ended. Changes the ad. */
export function closeOlder(ad: Ad, submission: Submission, context: Context): void {
  const older = ad.submissions.filter(
    ({ listingId, number, purpose }) =>
      listingId === submission.listingId && number < submission.number && purpose !== "charge",
  );
  for (const one of older) {
    supersede(ad, one, context);
  }
}

/** An outcome that another write, or another attempt of this one, may still undo is not a clean one. */
function isDoubtful(ad: Ad, submission: Submission): boolean {
  return submission.wasInDoubt || hasRivals(ad, submission);
}

/** Tells what no single line of the log says: a write that ended well without a publish, and pictures that failed beside none. */
function tellOutcome(reading: Reading, submission: Submission, { outcome, errors, newest }: Ended): void {
  const { number, roots, event, want } = submission;
  const request = { correlationId: event.id };
  const isTold = (entry: LogEntry) =>
    entry.action !== "handle_media" || submission.mediaTold.includes(hashEntry(entry));
  const untold = errors.filter((entry) => !isTold(entry));
  const failed = untold.at(-1);
  if (outcome === "errored" && failed !== undefined) {
    const data = { stage: "handle_media", errors: untold.map(complaintOf) };
    tellFact(reading, failed, { request, type: "AdErrored", data, evidence: [number, "handle_media"] });
  }
  if (newest !== null && (outcome === "hidden" || outcome === "updated")) {
    const warnings = [...submission.warnings, ...doorWarnings(reading.ad, want)];
    const data = { created: roots.includes("create"), visible: outcome !== "hidden", warnings };
    tellFact(reading, newest, { request, type: "AdUpdated", data, evidence: [number, "settled"] });
  }
}
