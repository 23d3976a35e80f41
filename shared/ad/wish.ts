import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Ad, currentListing, documentOf, type Want, type Wish } from "./ad.ts";
import { plateOf } from "./document.ts";

/**
 * Whether the marketplace has exactly this already: the last outcome was clean, for an equal wish, and nothing is left that
 * could still change it.
 */
export function isSuperfluous(ad: Ad, wish: Wish): boolean {
  const listing = currentListing(ad);
  const isLive = listing?.seen === true && !listing.deleted;
  const isAtRest = ad.submissions.length === 0 && wish.repairs === 0 && isLive === (wish.want.kind === "document");
  return isAtRest && ad.settled?.clean === true && isSameWant(ad.settled.want, wish.want);
}

function isSameWant(a: Want, b: Want): boolean {
  return a.kind === "document" ? b.kind === "document" && a.hash === b.hash : b.kind === "no-ad";
}

/** Whether the wish changes what a living listing can't change: its type, or the plate of a registered vehicle. */
export function isCorrection(ad: Ad, wish: Wish): boolean {
  const listing = currentListing(ad);
  const document = documentOf(ad, wish.want);
  if (document === null || listing === undefined || !listing.seen || listing.deleted || listing.vehicleType === null) {
    return false;
  }
  const plate = plateOf(document);
  const isOtherPlate = plate !== null && listing.plate !== null && plate !== listing.plate;
  return (
    listing.vehicleType !== document.vehicleType || (vehicleTypes[document.vehicleType].registered && isOtherPlate)
  );
}
