import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Ad, documentOf, type Listing } from "./ad.ts";
import { normalizePlate, plateOf } from "./document.ts";
import { isChosenBySource } from "./listing.ts";
import type { Row } from "./marketplace.ts";

/**
 * Whether a row that stands under our listing id is our listing. Under an id that we drew it is. Under one that the source
 * chose it is once seen, or written with a 2xx; before that the plate or the VIN of a registered vehicle must agree with the
 * document sent; a removal, which has none, believes what the document before it found. The dealer was matched by the client.
 */
export function isOurs(ad: Ad, listing: Listing, row: Row): boolean {
  const submission = ad.submissions.findLast(({ listingId }) => listingId === listing.id);
  const document = submission && documentOf(ad, submission.want);
  const isKnown = listing.seen || listing.isAccepted || !isChosenBySource(ad, listing);
  if (!isKnown && !document) {
    return !listing.isAnothers;
  }
  if (isKnown || !document || !vehicleTypes[document.vehicleType].registered) {
    return true;
  }
  const isSame = (ours: string | null, theirs: string | null) => ours !== null && ours === theirs;
  return (
    isSame(plateOf(document), normalizePlate(row.plate)) ||
    isSame(normalizePlate(document.ad.category_fields.vin), normalizePlate(row.vin))
  );
}
