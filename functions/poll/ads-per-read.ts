import { listingsPerRead, type ReadFailure } from "#shared/ad/marketplace.ts";

/** Each step down costs a pause: three of them lead from all that fit into one read to the one that fails. */
const few = 5;

/** A failure that one of several listings may have caused, and so may be another matter without it. */
export function isOfOne(cause: ReadFailure): boolean {
  return cause === "outage" || cause === "forbidden" || cause === "other";
}

/**
 * About how many ads the next round may ask together. `failedTogether`: how many were asked about by the read that failed, where
 * that may be for one of them. `isPaused`: no more is known than before.
 */
export function nextAdsPerRead(
  adsPerRead: number,
  { failedTogether, isPaused }: { failedTogether: number; isPaused: boolean },
): number {
  if (failedTogether > 1) {
    return failedTogether > few ? few : 1;
  }
  return isPaused ? adsPerRead : adsPerRead < few ? few : listingsPerRead;
}
