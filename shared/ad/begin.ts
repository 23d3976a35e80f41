import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import {
  type Ad,
  type Charge,
  currentListing,
  documentOf,
  type Listing,
  type Purpose,
  type StoredDocument,
  type Submission,
  type Want,
  type Wish,
} from "./ad.ts";
import { addressOf, beginAttempt, createBody, readListing } from "./attempt.ts";
import { putBackCharges } from "./charge.ts";
import type { Context } from "./context.ts";
import { plateOf } from "./document.ts";
import { emptyListing, mayHaveFormerLife } from "./listing.ts";
import { listingIdOf } from "./listing-id.ts";
import type { Action } from "./plan.ts";
import { endWish, isOpen } from "./submission.ts";
import { isCorrection, isSuperfluous } from "./wish.ts";

/** Begins what the waiting wish asks for, or ends it with a receipt where the marketplace has it already. Changes the ad. */
export function beginWish(ad: Ad, wish: Wish, context: Context): Action {
  if (isSuperfluous(ad, wish)) {
    const reason = wish.want.kind === "no-ad" ? "already-absent" : "unchanged";
    endWish(ad, { receipt: "suppressed", reason, context });
    return { kind: "none" };
  }
  if (isCorrection(ad, wish)) {
    return beginCorrection(ad, wish, context);
  }
  const document = documentOf(ad, wish.want);
  const listing = listingFor(ad, wish, document);
  const call = document === null ? "delete" : listing.seen || listing.isAccepted ? "put" : "post";
  const { want, event, owes } = wish;
  wish.state = "taken";
  wish.owes = false;
  return begin(ad, { purpose: "wish", call, listing, want, event, owes, charge: null }, context);
}

/** The listing can't take the wish: once the marketplace finds the document valid, it is deleted to make room for the next. */
function beginCorrection(ad: Ad, wish: Wish, context: Context): Action {
  const listing = currentListing(ad);
  const document = documentOf(ad, wish.want);
  if (listing === undefined || document === null) {
    throw new Error("only a document can correct a listing");
  }
  if (!wish.isChecked) {
    const { vehicleType } = document;
    const { tokenId, dealerCode } = addressOf(ad, listing);
    const body = createBody(ad, document, nextListingId(ad, wish));
    return { kind: "validate", event: wish.event, call: { tokenId, dealerCode, vehicleType, body } };
  }
  const want = { kind: "no-ad" } as const;
  const { event } = wish;
  return begin(ad, { purpose: "clear", call: "delete", listing, want, event, owes: false, charge: null }, context);
}

/** Deletes a listing of an earlier generation that a read has shown alive. Changes the ad. */
export function beginRepair(ad: Ad, wish: Wish, { listing, context }: { listing: Listing; context: Context }): Action {
  listing.repairs += 1;
  const want = { kind: "no-ad" } as const;
  const { event } = wish;
  return begin(ad, { purpose: "repair", call: "delete", listing, want, event, owes: false, charge: null }, context);
}

/** Begins a charged call: with the intent stored it is made at most once. Changes the ad. */
export function beginCharge(ad: Ad, charge: Charge, context: Context): Action {
  const { call, event } = charge;
  ad.charges = ad.charges.filter((waiting) => waiting !== charge);
  const listing = currentListing(ad);
  if (listing === undefined) {
    throw new Error("a charged call needs a listing");
  }
  return begin(ad, { purpose: "charge", call, listing, want: null, event, owes: true, charge }, context);
}

type Beginning = Pick<Submission, "call" | "event" | "owes" | "charge"> & {
  purpose: Purpose;
  listing: Listing;
  want: Want | null;
};

function begin(ad: Ad, { listing, ...beginning }: Beginning, context: Context): Action {
  putBackCharges(ad, context);
  const overtaken = ad.submissions.filter(({ listingId, purpose }) => listingId === listing.id && purpose !== "charge");
  for (const older of overtaken) {
    overtake(older, context);
  }
  const isUnknown = mayHaveFormerLife(ad, listing) && !listing.seen && !listing.isAccepted;
  const submission: Submission = {
    ...beginning,
    number: ad.nextSubmission,
    listingId: listing.id,
    begunAt: context.now,
    leaseUntil: context.now,
    phase: isUnknown ? { kind: "look-up", nextReadAt: context.now } : { kind: "ready", notBefore: context.now },
    attempts: 0,
    mayHaveReached: false,
    isAccepted: false,
    wasInDoubt: false,
    overtaken: false,
    roots: [],
    withoutNulls: false,
    stallTold: false,
    mediaTold: [],
    warnings: [],
  };
  ad.nextSubmission += 1;
  ad.submissions.push(submission);
  return isUnknown ? readListing(ad, submission) : beginAttempt(ad, submission, context);
}

/** From now on it is only read: whatever it waited for, it is not made again. Changes the submission. */
function overtake(older: Submission, { now }: Context): void {
  older.overtaken = true;
  if (isOpen(older)) {
    older.phase = older.phase.kind === "answered" ? older.phase : { kind: "answered", since: now };
  }
}

/** The listing a wish is for: the present one, or a new generation where the present one is dead to it. Changes the ad. */
function listingFor(ad: Ad, wish: Wish, document: StoredDocument | null): Listing {
  const present = currentListing(ad);
  if (present !== undefined && !(document !== null && present.deleted && isDeadTo(present, document))) {
    if (document !== null && (!present.seen || present.vehicleType === null)) {
      describe(present, document);
    }
    return present;
  }
  const listing = emptyListing(nextListingId(ad, wish), (present?.generation ?? 0) + 1);
  if (document !== null) {
    describe(listing, document);
  }
  ad.listings.push(listing);
  return listing;
}

/** Registered vehicles can't be revived, nor what is gone, and no listing can change its type. */
function isDeadTo(listing: Listing, { vehicleType }: StoredDocument): boolean {
  const isOtherType = listing.vehicleType !== null && listing.vehicleType !== vehicleType;
  return vehicleTypes[vehicleType].registered || isOtherType || listing.gone;
}

function describe(listing: Listing, document: StoredDocument): void {
  listing.vehicleType = document.vehicleType;
  listing.plate = plateOf(document);
}

function nextListingId(ad: Ad, wish: Wish): string {
  if ("source" in ad.key) {
    throw new Error("a source's record has no listing");
  }
  const generation = (currentListing(ad)?.generation ?? 0) + 1;
  return wish.listingIds === "item-id" && generation === 1 ? ad.key.itemId : listingIdOf(ad.key, generation);
}
