import type { Ad, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { hasRivals } from "./outcome.ts";
import { closeOlder } from "./settle.ts";
import { endSubmission, forgetAttempt, listingOf } from "./submission.ts";
import { toPast, watch } from "./watch.ts";

/** There is nothing to delete. Of a listing last seen alive that is no clean end: it may turn up again. Changes the ad. */
export function takeAbsence(ad: Ad, submission: Submission, context: Context): void {
  const listing = listingOf(ad, submission);
  const wasAlive = listing.seen && !listing.deleted;
  const clean = !wasAlive && !submission.wasInDoubt && !hasRivals(ad, submission);
  loseListing(ad, submission, context);
  forgetAttempt(submission, context);
  closeOlder(ad, submission, context);
  endSubmission(ad, submission, { outcome: "absent", clean, receipt: "applied" }, context);
}

/** A listing seen before is no longer there, so it can't even be revived. One last seen alive is watched. Changes the ad. */
export function loseListing(ad: Ad, submission: Submission, context: Context): void {
  const listing = listingOf(ad, submission);
  if (listing.seen && !listing.deleted) {
    watch(listing, toPast(ad, submission), context);
  }
  listing.deleted = listing.seen;
  listing.gone = listing.seen;
}
