import type { Ad, Listing } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { isReadEveryRound } from "#shared/ad/pace.ts";

/**
 * Whether a listing is worth a read of its own in this pass over the due ads: one that a young submission is waited for is
 * read at points that lie ever further apart, as the longer a result has not come, the longer it is likely to take. `since`:
 * when the last pass began that was brought to its end. Whatever is read at a slow pace is worth it whenever it is due.
 */
export function isAtReadPoint(
  ad: Ad,
  listing: Listing,
  { context, since }: { context: Context; since: number },
): boolean {
  if (!isReadEveryRound(ad, listing, context)) {
    return true;
  }
  return ad.submissions
    .filter(({ listingId }) => listingId === listing.id)
    .some(({ phase, begunAt }) => {
      const from = phase.kind === "answered" ? phase.since : begunAt;
      return hasPoint({ after: since - from, until: context.now - from, gapMs: context.waits.readGapMs });
    });
}

type Ages = { after: number; until: number; gapMs: number };

/**
 * Whether a point lies at an age above `after` and up to `until`. From one to the next it is 0.65 + 0.24 √s times the gap, at
 * an age of s seconds: for results that come within a log-normal time no other form was found to need fewer reads for the
 * same delay (`npm run bench:poll`).
 */
export function hasPoint({ after, until, gapMs }: Ages): boolean {
  const gapAt = (age: number) => gapMs * (0.65 + 0.24 * Math.sqrt(age / 1_000));
  // The gaps grow: there is no way past one as long as the last of them.
  if (until - Math.max(after, 0) > gapAt(Math.max(until, 0))) {
    return true;
  }
  let age = gapAt(0);
  while (Math.floor(age) <= after) {
    age += gapAt(age);
  }
  return Math.floor(age) <= until;
}
