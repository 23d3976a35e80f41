import type { Ad, Listing } from "./ad.ts";

/** Only the first generation's id may be (`listingIds: item-id`); any other is drawn from the item's name, and nobody else's. */
export function isChosenBySource({ key }: Ad, { id }: Listing): boolean {
  return "itemId" in key && key.itemId === id;
}

/** A listing under an id that the source chose may have been there before us. */
export function mayHaveFormerLife(ad: Ad, listing: Listing): boolean {
  return isChosenBySource(ad, listing) && !listing.wasAbsent;
}

/** A listing of which nothing has been sent or seen. */
export function emptyListing(id: string, generation: number): Listing {
  return {
    id,
    generation,
    vehicleType: null,
    plate: null,
    seen: false,
    isAnothers: false,
    isAccepted: false,
    deleted: false,
    wasAbsent: false,
    gone: false,
    blocketAdId: null,
    held: [],
    requests: {},
    entries: [],
    untold: {},
    fingerprint: "",
    unchangedSince: 0,
    readAt: 0,
    watchedSince: null,
    repairs: 0,
    past: [],
    newestTold: null,
  };
}
