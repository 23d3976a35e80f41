import type { Ad, EventRef, Wish } from "./ad.ts";
import { currentListing } from "./ad.ts";
import { backoffMs, type Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import type { ValidateReply } from "./marketplace.ts";
import { endWish, isSameEvent, tellErrored, tellStalled } from "./submission.ts";

/**
 * Takes what the marketplace says of a corrected document before its listing is deleted for it. Where it can't say, the
 * correction goes on. A wish that has been replaced meanwhile is none of it.
 */
export function applyValidation(ad: Ad, event: EventRef, outcome: { reply: ValidateReply; context: Context }): Ad {
  const { reply, context } = outcome;
  const next = copyAd(ad);
  const { wish } = next;
  if (wish?.state !== "waiting" || !isSameEvent(wish.event, event)) {
    return next;
  }
  switch (reply.kind) {
    case "valid":
    case "unavailable":
      wish.isChecked = true;
      return next;
    case "refused": {
      const number = next.nextSubmission;
      const refused = { number, listingId: currentListing(next)?.id ?? "", event };
      next.nextSubmission += 1;
      tellErrored(next, refused, { stage: "submission", errors: reply.errors, evidence: "refused", context });
      const { now: at } = context;
      next.settled = { submission: number, want: wish.want, outcome: "refused", clean: false, warnings: [], at };
      endWish(next, { receipt: "failed", reason: "refused", details: reply.errors, context });
      return next;
    }
    case "unauthorized":
      return next;
    case "failed":
      wish.notBefore = context.now + (reply.retryAfterMs ?? backoffMs(2, context));
      tellUnchecked(next, wish, context);
      return next;
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}

/** A correction that the marketplace doesn't check for half an hour still waits, but no longer in silence. Changes the ad. */
function tellUnchecked(ad: Ad, wish: Wish, context: Context): void {
  if (wish.stallTold || wish.acceptedAt + context.waits.overdueMs > context.now) {
    return;
  }
  wish.stallTold = true;
  const { source, id } = wish.event;
  const listingId = currentListing(ad)?.id ?? "";
  const stalled = {
    call: "validate",
    since: wish.acceptedAt,
    evidence: ["validate", source, id],
    listingId,
    correlationId: id,
  };
  tellStalled(ad, stalled, context);
}
