import { type Ad, documentOf, type Listing, type Settlement, type Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { heldPointers, outgoingFields } from "./document.ts";
import { complaintOf } from "./facts.ts";
import type { LogEntry, Row } from "./marketplace.ts";
import { tell } from "./outbox.ts";
import { entriesOf, lastStates } from "./requests.ts";
import { endSubmission, mayHaveReached, supersede } from "./submission.ts";

type Reading = { ad: Ad; listing: Listing; row: Row; context: Context };

/** Settles every submission of the listing whose end this read shows, the oldest first. Changes the ad. */
export function settleSubmissions(reading: Reading): void {
  const { ad, listing } = reading;
  for (const submission of ad.submissions.filter(({ listingId }) => listingId === listing.id)) {
    const ended = ad.submissions.includes(submission) ? outcomeOf(reading, submission) : null;
    if (ended !== null) {
      settle(reading, submission, ended);
    }
  }
}

type Ended = { outcome: Settlement["outcome"]; errors: LogEntry[] };

/** How a submission has ended by this read, or null while it hasn't, or may not have. */
function outcomeOf(reading: Reading, submission: Submission): Ended | null {
  const { listing, row } = reading;
  const last = lastStates(entriesOf(listing, submission, row.log));
  if (
    submission.phase.kind === "calling" ||
    last.length === 0 ||
    (isContested(reading.ad, submission) && !isListingAtRest(reading))
  ) {
    return null;
  }
  const errors = last.filter(({ state }) => state === "error");
  const isDone = (name: string) => last.some(({ action, state }) => action === name && state === "done");
  const hasError = (name: string) => errors.some(({ action }) => action === name);
  const isAtRest = !last.some(isUnfinished) && isUnchanged(reading);

  if (submission.call === "delete") {
    if (isDone("delete") && row.state === "deleted") {
      return { outcome: "absent", errors: [] };
    }
    return hasError("delete") ? { outcome: "errored", errors } : null;
  }
  if (isVisible(reading.ad, submission)) {
    if (isDone("publish") && !hasUntold(listing)) {
      return { outcome: "published", errors: [] };
    }
    if (hasError("publish")) {
      return { outcome: "errored", errors };
    }
    return isAtRest && !isDone("publish") ? { outcome: errors.length > 0 ? "errored" : "updated", errors } : null;
  }
  return isAtRest ? { outcome: errors.length > 0 ? "errored" : "hidden", errors } : null;
}

function settle({ ad, listing, row, context }: Reading, submission: Submission, { outcome, errors }: Ended): void {
  const wasContested = isContested(ad, submission);
  const told = { ad, listing, submission, context };
  if (outcome === "hidden" || outcome === "updated") {
    tellUpdated(told, outcome);
  }
  const untoldErrors = errors.filter(({ action }) => action === "handle_media");
  if (outcome === "errored" && untoldErrors.length === errors.length) {
    tellMediaError(told, untoldErrors);
  }
  const isClean =
    (outcome === "hidden" || outcome === "absent" || (outcome === "published" && row.blocketAdId !== null)) &&
    submission.warnings.length === 0 &&
    !wasContested;
  const document = documentOf(ad, submission.want);
  if (isClean && document !== null) {
    listing.held = heldPointers(outgoingFields(document));
  }
  if (outcome !== "errored") {
    closeOlder(ad, submission, context);
  }
  endSubmission(ad, submission, { outcome, clean: isClean, receipt: "applied" }, context);
}

/** Closes what a settled write has made pointless: older writes of its listing that have not ended. Changes the ad. */
export function closeOlder(ad: Ad, submission: Submission, context: Context): void {
  const older = ad.submissions.filter(
    ({ listingId, number }) => listingId === submission.listingId && number < submission.number,
  );
  for (const one of older) {
    supersede(ad, one, context);
  }
}

/** Whether one finished request may not be the last word: the write was in doubt, or another one of the listing is about. */
function isContested(ad: Ad, submission: Submission): boolean {
  return (
    submission.wasInDoubt ||
    ad.submissions.some(
      (other) =>
        other.number !== submission.number && other.listingId === submission.listingId && mayHaveReached(other),
    )
  );
}

/** Every request of ours in the listing's log has finished, and the log has been the same for long enough. */
function isListingAtRest(reading: Reading): boolean {
  const { listing, row } = reading;
  const ours = row.log.filter(({ requestId }) => listing.requests[requestId]?.owner !== "foreign");
  return !lastStates(ours).some(isUnfinished) && isUnchanged(reading);
}

function isUnfinished({ state }: LogEntry): boolean {
  return state !== "done" && state !== "error";
}

function isUnchanged({ listing, context }: Reading): boolean {
  return context.now - listing.unchangedSince >= context.waits.unchangedMs;
}

function hasUntold(listing: Listing): boolean {
  return Object.keys(listing.untold).length > 0;
}

function isVisible(ad: Ad, submission: Submission): boolean {
  return documentOf(ad, submission.want)?.ad.visible !== false;
}

type Telling = { ad: Ad; listing: Listing; submission: Submission; context: Context };

function tellUpdated({ ad, listing, submission, context }: Telling, outcome: "hidden" | "updated"): void {
  tell(
    ad,
    {
      type: "AdUpdated",
      data: {
        created: submission.roots.includes("create"),
        visible: outcome !== "hidden",
        warnings: submission.warnings,
      },
      listingId: listing.id,
      evidence: [submission.number, "settled"],
      occurredAt: new Date(context.now).toISOString(),
      correlationId: submission.event.id,
      causationId: null,
    },
    context.now,
  );
}

function tellMediaError({ ad, listing, submission, context }: Telling, errors: readonly LogEntry[]): void {
  tell(
    ad,
    {
      type: "AdErrored",
      data: { stage: "handle_media", errors: errors.map(complaintOf) },
      listingId: listing.id,
      evidence: [submission.number, "handle_media"],
      occurredAt: new Date(context.now).toISOString(),
      correlationId: submission.event.id,
      causationId: errors[0]?.requestId ?? null,
    },
    context.now,
  );
}
