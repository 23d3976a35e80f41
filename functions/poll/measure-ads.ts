import type { Ad, RequestRecord } from "#shared/ad/ad.ts";
import { isOpen } from "#shared/ad/submission.ts";

/** The age of an ad's oldest open submission; 0 when it has none. */
export function openMs(ad: Ad, now: number): number {
  return Math.max(0, ...ad.submissions.filter(isOpen).map(({ begunAt }) => now - begunAt));
}

/** For how long the ad has been meant to go while the marketplace hasn't confirmed it; 0 when it isn't or has. */
export function removalMs({ wish, submissions }: Ad, now: number): number {
  const isAwaited = wish !== null && wish.want.kind === "no-ad" && wish.state !== "ended";
  const sent = submissions.filter(({ call }) => call === "delete").map(({ begunAt }) => now - begunAt);
  return Math.max(0, ...sent, isAwaited ? now - wish.acceptedAt : 0);
}

/** Requests in the logs of the ad's listings that none of our writes can have made, of those remembered. */
export function countForeign({ listings }: Ad): number {
  const requests = listings.flatMap((listing): RequestRecord[] => Object.values(listing.requests));
  return requests.filter(({ owner }) => owner === "foreign").length;
}
