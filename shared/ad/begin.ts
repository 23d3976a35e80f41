import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Ad, type Call, currentListing, documentOf, type Listing, type Submission, type Wish } from "./ad.ts";
import type { Context } from "./context.ts";
import { heldPointers, nullWhatIsGone, outgoingFields, plateOf } from "./document.ts";
import { emptyListing } from "./listing.ts";
import { listingIdOf } from "./listing-id.ts";
import type { ReadCall, WriteCall } from "./marketplace.ts";
import { giveReceipt } from "./outbox.ts";
import type { Action } from "./plan.ts";
import { listingOf, mayHaveReached } from "./submission.ts";
import { isCorrection, isSuperfluous } from "./wish.ts";

/** Begins what the waiting wish asks for, or ends it with a receipt where no call is needed or possible. Changes the ad. */
export function beginSubmission(ad: Ad, context: Context): Action {
  const wish = ad.wish as Wish;
  const finish = (outcome: "suppressed" | "failed", reason: string): Action => {
    const { source, id: eventId } = wish.event;
    giveReceipt(ad, { source, eventId, outcome, reason, at: context.now });
    wish.state = "ended";
    return { kind: "none" };
  };
  if (isSuperfluous(ad, wish)) {
    return finish("suppressed", wish.want.kind === "no-ad" ? "already-absent" : "unchanged");
  }
  if (isCorrection(ad, wish)) {
    return finish("failed", "not-supported");
  }
  const listing = listingFor(ad, wish);
  for (const submission of ad.submissions.filter((older) => older.listingId === listing.id)) {
    submission.overtaken = true;
  }
  const submission: Submission = {
    number: ad.nextSubmission,
    call: callFor(wish, listing),
    listingId: listing.id,
    want: wish.want,
    event: wish.event,
    begunAt: context.now,
    phase: { kind: "ready", notBefore: context.now },
    attempts: 0,
    mayHaveReached: false,
    wasInDoubt: false,
    overtaken: false,
    roots: [],
    withoutNulls: false,
    stallTold: false,
    warnings: [],
  };
  ad.nextSubmission += 1;
  ad.submissions.push(submission);
  wish.state = "taken";
  return beginAttempt(ad, submission, context);
}

/** Stores the intent of one attempt in the ad, and gives the call it allows. Changes the ad. */
export function beginAttempt(ad: Ad, submission: Submission, context: Context): Action {
  const listing = listingOf(ad, submission);
  submission.mayHaveReached = mayHaveReached(submission);
  const body = bodyOf(ad, submission, listing);
  const attemptId = context.newId();
  const callUntil = context.now + context.waits.callMs;
  submission.phase = { kind: "calling", attemptId, callUntil };
  submission.attempts += 1;
  submission.roots = [...new Set([...submission.roots, rootActions[submission.call]])];
  const { call } = submission;
  const { vehicleType } = listing;
  return {
    kind: "write",
    submission: submission.number,
    call: { ...addressOf(ad, listing), call, vehicleType, body, attemptId, callUntil },
  };
}

const rootActions = { post: "create", put: "update", delete: "delete" } as const;

/** The read that tells whether an attempt left a trace. */
export function readListing(ad: Ad, submission: Submission): Action {
  return { kind: "read", submission: submission.number, call: addressOf(ad, listingOf(ad, submission)) };
}

/** How the marketplace is asked about a listing of this ad. */
export function addressOf(ad: Ad, listing: Listing): ReadCall {
  if ("source" in ad.key) {
    throw new Error("a source's record has no listing");
  }
  return { tokenId: ad.tokenId, dealerCode: ad.key.dealerCode, listingId: listing.id };
}

function callFor(wish: Wish, listing: Listing): Call {
  if (wish.want.kind === "no-ad") {
    return "delete";
  }
  return listing.seen ? "put" : "post";
}

/** The listing a wish is for: the present one, or a new generation where the present one is dead for good. Changes the ad. */
function listingFor(ad: Ad, wish: Wish): Listing {
  const present = currentListing(ad);
  const document = documentOf(ad, wish.want);
  if (
    present !== undefined &&
    !(present.deleted && document !== null && vehicleTypes[document.vehicleType].registered)
  ) {
    if (document !== null && !present.seen) {
      present.vehicleType = document.vehicleType;
      present.plate = plateOf(document);
    }
    return present;
  }
  if ("source" in ad.key) {
    throw new Error("a source's record has no listing");
  }
  const generation = (present?.generation ?? 0) + 1;
  const id = wish.listingIds === "item-id" && generation === 1 ? ad.key.itemId : listingIdOf(ad.key, generation);
  const listing = emptyListing(id, generation);
  listing.vehicleType = document?.vehicleType ?? null;
  listing.plate = document === null ? null : plateOf(document);
  ad.listings.push(listing);
  return listing;
}

function bodyOf(ad: Ad, submission: Submission, listing: Listing): WriteCall["body"] {
  const document = documentOf(ad, submission.want);
  if (document === null) {
    return null;
  }
  const fields = outgoingFields(document);
  const held = listing.held;
  listing.held = [...new Set([...held, ...heldPointers(fields)])];
  if (submission.call === "put") {
    if (!submission.withoutNulls) {
      nullWhatIsGone(fields, held);
    }
    return fields;
  }
  return {
    source_id: listing.id,
    dealer_code: "source" in ad.key ? null : ad.key.dealerCode,
    category_id: vehicleTypes[document.vehicleType].categoryId,
    ...fields,
  };
}
