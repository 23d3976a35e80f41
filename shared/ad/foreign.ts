import type { Ad, Listing } from "./ad.ts";
import { mayHaveFormerLife } from "./listing.ts";

/**
 * How many requests of others a change of an ad has brought to light. What the first look at a listing shows that was there before
 * us is its former life, and nobody's meddling.
 */
export function countNewForeign(before: Ad, after: Ad): number {
  return after.listings.reduce((sum, listing) => {
    const known = before.listings.find(({ id }) => id === listing.id);
    const isFormerLife = known?.seen !== true && mayHaveFormerLife(after, listing);
    const isNew = (id: string) => known?.requests[id]?.owner !== "foreign";
    return isFormerLife ? sum : sum + foreignIn(listing).filter(isNew).length;
  }, 0);
}

function foreignIn({ requests }: Listing): string[] {
  return Object.entries(requests).flatMap(([id, { owner }]) => (owner === "foreign" ? [id] : []));
}
