import type { Ad, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { hasRivals } from "./outcome.ts";
import { closeOlder } from "./settle.ts";
import { endSubmission, forgetAttempt, listingOf } from "./submission.ts";

/** There is nothing to delete. A listing that was seen before is gone for good: it can't even be revived. Changes the ad. */
export function takeAbsence(ad: Ad, submission: Submission, context: Context): void {
  const listing = listingOf(ad, submission);
  const clean = !submission.wasInDoubt && !hasRivals(ad, submission);
  listing.deleted = listing.seen;
  listing.gone = listing.seen;
  forgetAttempt(submission, context);
  closeOlder(ad, submission, context);
  endSubmission(ad, submission, { outcome: "absent", clean, receipt: "applied" }, context);
}
