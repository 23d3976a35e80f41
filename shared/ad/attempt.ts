import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import {
  type Ad,
  type Call,
  documentOf,
  type Listing,
  type RootAction,
  type StoredDocument,
  type Submission,
} from "./ad.ts";
import type { Context } from "./context.ts";
import { fieldsOver, hasReducedPrice, heldPointers, outgoingFields } from "./document.ts";
import type { ReadCall } from "./marketplace.ts";
import type { Action } from "./plan.ts";
import { listingOf, mayHaveReached } from "./submission.ts";

/** What the log shows first of each call. Source: typed-endpoints document, "Ad actions". */
const rootActions: Record<Call, RootAction> = {
  post: "create",
  put: "update",
  delete: "delete",
  bump: "bump",
  pole_position: "boost",
};

/** Stores the intent of one attempt in the ad, and gives the call it allows. Changes the ad. */
export function beginAttempt(ad: Ad, submission: Submission, context: Context): Action {
  const listing = listingOf(ad, submission);
  submission.mayHaveReached = mayHaveReached(submission);
  const body = bodyOf(ad, submission, listing);
  const attemptId = context.newId();
  const callUntil = context.now + context.waits.callMs;
  submission.phase = { kind: "calling", attemptId, callUntil };
  submission.leaseUntil = callUntil;
  submission.attempts += 1;
  submission.roots = [...new Set([...submission.roots, rootActions[submission.call]])];
  const { call, number } = submission;
  const attempt = { ...addressOf(ad, listing), attemptId, callUntil };
  if (call === "bump" || call === "pole_position") {
    return { kind: "charge", submission: number, call: { ...attempt, call } };
  }
  const { vehicleType, seen } = listing;
  return { kind: "write", submission: number, call: { ...attempt, call, vehicleType, body, listingSeen: seen } };
}

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

/**
 * The body of the POST that would create a document under a listing id. A reduced price can't be in it, and comes with the PUT
 * that follows. Source: typed-endpoints document, "price".
 */
export function createBody(ad: Ad, document: StoredDocument, listingId: string): Record<string, unknown> {
  const fields = outgoingFields(document);
  if (hasReducedPrice(document)) {
    const prices = document.ad.price?.filter(({ type }) => type !== "reduced") ?? [];
    fields.price = prices.length > 0 ? prices : undefined;
  }
  return {
    source_id: listingId,
    dealer_code: "source" in ad.key ? null : ad.key.dealerCode,
    category_id: vehicleTypes[document.vehicleType].categoryId,
    ...fields,
  };
}

function bodyOf(ad: Ad, submission: Submission, listing: Listing): Record<string, unknown> | null {
  const document = documentOf(ad, submission.want);
  if (document === null) {
    return null;
  }
  const fields = outgoingFields(document);
  const held = listing.held;
  listing.held = [...new Set([...held, ...heldPointers(fields)])];
  if (submission.call === "post") {
    return createBody(ad, document, listing.id);
  }
  return submission.withoutNulls ? fields : fieldsOver(held, document).fields;
}
