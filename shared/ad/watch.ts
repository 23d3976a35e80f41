import type { Waits } from "#shared/contracts/waits.ts";
import { type Ad, type Instant, isHidden, type Listing, type PastSubmission, type Submission } from "./ad.ts";
import type { Context } from "./context.ts";

/** The reads of a watch, in units of `watchMs`. */
const reads = [1, 6, 36, 144];
const wholeWatch = 144;

/** The newest of those that ended unclean within a day: an ad that never ends clean must not outgrow its item. */
const pastAtMost = 40;

/** Watches a listing from now on, because something of an ended submission may still come. Changes the listing. */
export function watch(listing: Listing, past: PastSubmission, { now, waits }: Context): void {
  const recent = listing.past.filter(({ endedAt }) => endedAt + wholeWatch * waits.watchMs > now);
  listing.watchedSince = now;
  listing.past = [...recent.slice(1 - pastAtMost), { ...past, endedAt: now }];
}

/** What is kept of a submission when it has ended. */
export function toPast(ad: Ad, { number, call, roots, event, want, isAccepted }: Submission): PastSubmission {
  const { id: correlationId, traceparent } = event;
  const trace = traceparent !== undefined && { traceparent };
  return { number, call, roots, correlationId, isHidden: isHidden(ad, want), isAccepted, ...trace };
}

/** When a watched listing is to be read next; null when it isn't watched, or has been read for the last time. */
export function nextWatchAt({ watchedSince, readAt }: Listing, { watchMs }: Waits): Instant | null {
  if (watchedSince === null) {
    return null;
  }
  return reads.map((times) => watchedSince + times * watchMs).find((at) => at > readAt) ?? null;
}

/** Ends a watch whose last read has been made: what hasn't come by now is taken never to come. Changes the listing. */
export function endWatch(listing: Listing, { waits }: Context): void {
  if (listing.watchedSince !== null && nextWatchAt(listing, waits) === null) {
    listing.watchedSince = null;
    listing.past = [];
  }
}
