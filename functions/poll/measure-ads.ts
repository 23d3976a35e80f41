import { type Ad, currentListing, type Instant, type Submission } from "#shared/ad/ad.ts";
import { carriesWish, isOpen } from "#shared/ad/submission.ts";

/**
 * Something of an ad that is to end and hasn't. `listingId` is null while there is no listing for it yet; `submission` is
 * null while none has been begun for it.
 */
export type Unended = { since: Instant; listingId: string | null; submission: Submission | null };

/** The ad's open submissions, oldest first. */
export function openSubmissions({ submissions }: Ad): Unended[] {
  return submissions.filter(isOpen).map(toUnended).sort(byAge);
}

/**
 * By what the ad has been meant to go while the marketplace hasn't confirmed it, oldest first: the wish for no ad, from its
 * acceptance on, and each DELETE that has not settled, told as stalled or not.
 */
export function unconfirmedRemovals(ad: Ad): Unended[] {
  const { wish, submissions } = ad;
  const deletes = submissions.filter(({ call }) => call === "delete");
  const isAwaited = wish !== null && wish.want.kind === "no-ad" && wish.state !== "ended";
  if (!isAwaited) {
    return deletes.map(toUnended).sort(byAge);
  }
  const submission = deletes.find((one) => carriesWish(ad, one)) ?? null;
  const listingId = submission?.listingId ?? currentListing(ad)?.id ?? null;
  return [...deletes.map(toUnended), { since: wish.acceptedAt, listingId, submission }].sort(byAge);
}

/** For how long something has waited for its end, and whose it is: what an alarm is to lead to. */
export type OldestAd = { ms: number; dealerCode: string; listingId: string | null };

/** The oldest so far, or the first of what an ad waits for where that is older. */
export function olderOf(
  oldest: OldestAd | null,
  { key }: Ad,
  { unended: [first], now }: { unended: readonly Unended[]; now: Instant },
): OldestAd | null {
  if (first === undefined || "source" in key || now - first.since <= (oldest?.ms ?? -1)) {
    return oldest;
  }
  return { ms: Math.max(0, now - first.since), dealerCode: key.dealerCode, listingId: first.listingId };
}

function toUnended(submission: Submission): Unended {
  return { since: submission.begunAt, listingId: submission.listingId, submission };
}

function byAge(a: Unended, b: Unended): number {
  return a.since - b.since;
}
