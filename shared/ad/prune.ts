import type { Ad } from "./ad.ts";

/** Drops what nothing refers to any more: documents, and listings of earlier generations with nothing open. Changes the ad. */
export function prune(ad: Ad): void {
  const wants = [ad.wish?.want, ad.settled?.want, ...ad.submissions.map(({ want }) => want)];
  const hashes = new Set(wants.flatMap((want) => (want?.kind === "document" ? [want.hash] : [])));
  ad.documents = Object.fromEntries(Object.entries(ad.documents).filter(([hash]) => hashes.has(hash)));
  ad.listings = ad.listings.filter(
    (listing, place) =>
      place === ad.listings.length - 1 ||
      listing.watchedSince !== null ||
      ad.submissions.some(({ listingId }) => listingId === listing.id),
  );
}
